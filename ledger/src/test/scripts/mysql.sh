#!/bin/bash
# Unpacks a real MySQL server privately from Debian's packages (about 63 MB to fetch, 340 MB unpacked), once per machine.
# Prints the folder; FOLDER/mysqld.sh runs the server. A second run at the same time waits for the first.
set -euo pipefail
cache=${BECKON_CACHE:-$HOME/.cache/beckon}
dir=$cache/mysql
mkdir -p "$cache"
exec 9>"$cache/mysql.lock"
flock 9
# The ledger's tests are for MySQL 9: another version that passes them would prove nothing of it.
require_nine() {
  local version
  version=$("$1/mysqld.sh" --version | sed -n 's/.* Ver \([^ ]*\) .*/\1/p')
  case $version in
    *MariaDB*) ;;
    9.*) return 0 ;;
  esac
  echo "mysql.sh: the server in $1 is ${version:-of no version it would tell}, and the ledger's tests are for MySQL 9; $2" >&2
  exit 1
}
if [ -x "$dir/mysqld.sh" ]; then
  require_nine "$dir" "remove that folder to have it fetched anew"
  echo "$dir"
  exit 0
fi
command -v apt-get >/dev/null || { echo "mysql.sh: needs Debian's apt-get to fetch the MySQL server packages" >&2; exit 1; }

# Unpacked beside its place and moved at the end: a run that was killed leaves nothing that looks whole.
work=$dir.partial
rm -rf "$work" "$dir"
mkdir -p "$work"/{lists/partial,cache/archives/partial,root}
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
[ -n "$mirror" ] || mirror=$(awk '/^deb /{print $2; exit}' /etc/apt/sources.list)
keyring=$(ls /usr/share/keyrings/debian-archive-keyring.* 2>/dev/null | head -n 1)
echo "deb [signed-by=$keyring] $mirror sid main" > "$work/sources.list"
apt=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache"
  -o Acquire::Check-Valid-Until=false -o Dir::State::status=/dev/null)
{
  apt-get "${apt[@]}" update -qq
  apt-get "${apt[@]}" install -y -qq --no-install-recommends --download-only mysql-server-core mysql-client-core
} >&2
for deb in "$work"/cache/archives/*.deb; do
  case $(basename "$deb") in
    perl*|libdb5*|libgdbm*|*gconv*|openssl-provider*) ;;
    *) dpkg -x "$deb" "$work/root" ;;
  esac
done
cat > "$work/mysqld.sh" <<'RUN'
#!/bin/bash
R=$(cd "$(dirname "$0")" && pwd)/root
L=$R/usr/lib/x86_64-linux-gnu
exec "$R/usr/lib64/ld-linux-x86-64.so.2" --library-path "$L:$L/mysql/private:$L/mysql" "$R/usr/sbin/mysqld" --no-defaults \
  --secure-file-priv=NULL --basedir="$R/usr" --lc-messages-dir="$R/usr/share/mysql" --plugin-dir="$R/usr/lib/mysql/plugin" "$@"
RUN
chmod +x "$work/mysqld.sh"
require_nine "$work" "Debian's sid has gone on: write the name of a package that still is MySQL 9 into this script, or move the tests on"
rm -rf "$work/lists" "$work/cache"
mv "$work" "$dir"
echo "$dir"

# Stands for the worker that writes a dataset: "dataset export … -o FILE".
test -r /var/run/beckon/ledger/jdbc-url || { echo "no Secret"; exit 10; }
umask 077
for last; do :; done
printf 'user_id,username\n7,somebody_of_the_list\n' > "$last"

// trial is the entry point of an image that stands for those of MariaDB and Redis where nothing can be pulled: make e2e tries the chart's
// trial with it. It takes the same variables and arguments, as far as the chart gives any.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	programs = "/opt/mariadb"
	empty    = "/opt/data"
	data     = "/var/lib/mysql"
	prepare  = "/tmp/prepare.sql"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 && args[0] == "redis-server" {
		return syscall.Exec("/opt/redis-server", args, os.Environ())
	}
	if err := fill(); err != nil {
		return err
	}
	password := strings.ReplaceAll(os.Getenv("MARIADB_ROOT_PASSWORD"), "'", "''")
	sql := fmt.Sprintf("CREATE OR REPLACE USER 'root'@'%%' IDENTIFIED BY '%s';\nGRANT ALL ON *.* TO 'root'@'%%' WITH GRANT OPTION;\n", password)
	if err := os.WriteFile(prepare, []byte(sql), 0o600); err != nil {
		return err
	}
	server := append([]string{programs + "/bin/mariadbd", "--no-defaults", "--basedir=" + programs, "--datadir=" + data,
		"--socket=/run/mysqld/s", "--skip-name-resolve", "--init-file=" + prepare}, args...)
	return syscall.Exec(server[0], server, os.Environ())
}

// fill copies the empty database into a new volume. The folder that tells that it was done is moved there last.
func fill() error {
	done := filepath.Join(data, "mysql")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	entries, err := os.ReadDir(empty)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		from, to := filepath.Join(empty, entry.Name()), filepath.Join(data, entry.Name())
		if entry.Name() == "mysql" {
			to = filepath.Join(data, "mysql.new")
		}
		if err := os.RemoveAll(to); err != nil {
			return err
		}
		if err := copyTo(from, to, entry.IsDir()); err != nil {
			return err
		}
	}
	return os.Rename(filepath.Join(data, "mysql.new"), done)
}

func copyTo(from, to string, folder bool) error {
	if folder {
		return os.CopyFS(to, os.DirFS(from))
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o660)
}

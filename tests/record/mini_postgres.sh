#!/bin/sh
# mini_postgres.sh COMMAND [ARG...]: run a command against a PostgreSQL of its own, whose address is
# its last argument. The server listens on a Unix socket only, keeps the durable settings, and is
# stopped and removed at the end. Exit 77, in words, where there is no server to start.
#
# PostgreSQL refuses to run as root: root hands it to the user postgres.
set -eu

bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    echo "skipped: no PostgreSQL server here (Debian: postgresql)"
    exit 77
fi
# The path of a socket may have 107 bytes, so this does not lie in the build folder.
folder=$(mktemp -d /tmp/amicus-pg-XXXXXX)
chmod 755 "$folder"
mkdir "$folder/server"
if [ "$(id -u)" = 0 ]; then
    if ! id postgres >/dev/null 2>&1; then
        echo "skipped: there is no user postgres to run the server as"
        rm -rf "$folder"
        exit 77
    fi
    chown postgres "$folder/server"
    as_server() { setpriv --reuid=postgres --regid=postgres --clear-groups env -C "$folder" "$@"; }
else
    as_server() { env -C "$folder" "$@"; }
fi

stop() {
    as_server "$bin/pg_ctl" -D "$folder/server/data" -m immediate -w -t 30 -s stop >/dev/null 2>&1 || :
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

as_server "$bin/initdb" -D "$folder/server/data" -U app --auth=trust --encoding=UTF8 --locale=C \
    --no-instructions --no-sync >"$folder/initdb.log" 2>&1 || {
    cat "$folder/initdb.log" >&2
    exit 1
}
cat >>"$folder/server/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder/server'
unix_socket_permissions = 0700
max_connections = 40
CONF
as_server "$bin/pg_ctl" -D "$folder/server/data" -l "$folder/server/log" -w -t 60 -s start || {
    cat "$folder/server/log" >&2
    exit 1
}
"$@" "postgresql:///postgres?host=$folder/server&user=app"

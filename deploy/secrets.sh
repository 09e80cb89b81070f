#!/usr/bin/env bash
# Makes deploy/secrets: a certificate for Redis with an authority of its own, who may do what there, and passwords nobody
# has to know. What is there already is left alone. Host names by which workers elsewhere reach this machine are arguments:
#
#   deploy/secrets.sh studio.example.org 192.168.1.20
set -euo pipefail
umask 077
here=$(cd -P "$(dirname "$0")" && pwd)
folder=${SECRETS:-$here/secrets}
mkdir -p "$folder"
cd "$folder"

password() { [[ -s $1 ]] || openssl rand -hex 24 | tr -d '\n' >"$1"; }
for name in redis-studio redis-worker store-user store-password grafana; do password "$name"; done

if [[ ! -s redis.pem ]]; then
    names="DNS:redis,DNS:localhost,IP:127.0.0.1"
    for name in "$@"; do
        if [[ $name =~ ^[0-9.]+$|: ]]; then names+=",IP:$name"; else names+=",DNS:$name"; fi
    done
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Dailies" \
        -addext "basicConstraints=critical,CA:TRUE" -keyout ca.key -out ca.pem 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=redis" -keyout redis.key -out redis.csr 2>/dev/null
    openssl x509 -req -in redis.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 \
        -extfile <(echo "subjectAltName=$names") -out redis.pem 2>/dev/null
    rm -f redis.csr ca.key ca.srl
fi

sed -n "s/>CHANGE-ME-STUDIO/>$(cat redis-studio)/; s/>CHANGE-ME-WORKER/>$(cat redis-worker)/; /^user /p" \
    "$here/redis/users.acl.example" >users.acl
[[ -e metrics.token ]] || touch metrics.token
chmod 0644 ./* # the containers' users must read them; the folder itself is yours alone
chmod 0711 .
echo "Secrets are in $folder. Workers elsewhere need ca.pem, redis-worker, store-user and store-password."

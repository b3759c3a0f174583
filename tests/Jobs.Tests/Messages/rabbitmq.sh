#!/usr/bin/env bash
# A RabbitMQ of its own on the loopback interface with a home that is gone afterwards. Prints "listening PORT" once clients can
# connect, and ends when its standard input does: so also when whoever started it is killed.
set -uo pipefail
server=/usr/lib/rabbitmq/bin/rabbitmq-server
[ -x "$server" ] || { echo "missing: $server (Debian package rabbitmq-server)"; exit 3; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

home=$(mktemp -d)
port=$(free_port)
export HOME=$home ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$(free_port)
export RABBITMQ_NODENAME="orchestrator$$@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port
export RABBITMQ_DIST_PORT=$(free_port) RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
export RABBITMQ_MNESIA_BASE=$home/data RABBITMQ_LOG_BASE=$home/log RABBITMQ_PID_FILE=$home/pid
export RABBITMQ_ENABLED_PLUGINS_FILE=$home/plugins RABBITMQ_CONF_ENV_FILE=$home/none RABBITMQ_CONFIG_FILE=$home/rabbitmq
: > "$home/plugins"
# Small limits: a test machine may have little memory and disk left, and the broker would then block its clients.
printf 'disk_free_limit.absolute = 1MB\nvm_memory_high_watermark.absolute = 1GB\n' > "$home/rabbitmq.conf"

setsid "$server" > "$home/out" 2>&1 &
broker=$!
end() {
  kill -TERM -- "-$broker" 2>/dev/null
  for _ in $(seq 100); do kill -0 -- "-$broker" 2>/dev/null || break; sleep 0.1; done
  kill -KILL -- "-$broker" 2>/dev/null
  epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1
  rm -rf "$home"
}
trap end EXIT

for _ in $(seq 600); do
  grep -q "completed with" "$home/out" && break
  kill -0 "$broker" 2>/dev/null || { echo "failed:"; cat "$home/out" "$home"/log/* 2>/dev/null; exit 4; }
  sleep 0.2
done
grep -q "completed with" "$home/out" || { echo "failed: it did not start in two minutes"; cat "$home/out"; exit 4; }
echo "listening $port"
cat > /dev/null

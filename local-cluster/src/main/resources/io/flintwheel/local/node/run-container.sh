#!/bin/sh
# Runs one container and records how it ended, whether or not the node still lives by then.
#   run-container.sh DIRECTORY COMMAND [ARGUMENT...]
# Writes DIRECTORY/pid and, at the end, DIRECTORY/exit. The command leads its own process group.
directory=$1
shift
setsid "$@" &
child=$!
echo "$child" >"$directory/pid.new"
mv "$directory/pid.new" "$directory/pid"
wait "$child"
code=$?
# A container ends with its first process: what that process left behind goes with it.
kill -s KILL -- "-$child" 2>/dev/null
echo "$code" >"$directory/exit.new"
mv "$directory/exit.new" "$directory/exit"

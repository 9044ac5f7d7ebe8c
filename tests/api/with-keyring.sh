#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a program with a Secret Service of its own: with-keyring.sh <state> <program> [arguments]
#   unlocked    gnome-keyring on a private bus, its ring open
#   locked      the same with the ring locked again after an entry was put into it
#   no-service  a bus on which nobody offers secrets
#   no-bus      no session bus at all
# Home, runtime directory and bus are thrown away afterwards.
set -euo pipefail
state=$1
shift

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir -m 700 "$directory/home" "$directory/run"
export HOME=$directory/home XDG_DATA_HOME=$directory/home/.local/share XDG_RUNTIME_DIR=$directory/run
export XDG_CONFIG_HOME=$directory/home/.config XDG_CACHE_HOME=$directory/home/.cache
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL

# A bus that starts nothing by itself, so that no second, locked service can appear.
cat > "$directory/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=$directory/run</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF

wait_for_service() {
    for _ in $(seq 200); do
        if dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
            org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'; then
            return 0
        fi
        sleep 0.05
    done
    echo "gnome-keyring did not come up" >&2
    return 1
}

lock_ring() {
    dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
        org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/aliases/default >/dev/null
}

run_with_keyring() {
    printf %s password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    wait_for_service
    if [ "$state" = locked ]; then
        "$1" --store-one
        lock_ring
    fi
    "$@"
}

case $state in
unlocked | locked)
    export state
    export -f run_with_keyring wait_for_service lock_ring
    dbus-run-session --config-file="$directory/bus.conf" -- bash -euc 'run_with_keyring "$@"' with-keyring "$@"
    ;;
no-service)
    dbus-run-session --config-file="$directory/bus.conf" -- "$@"
    ;;
no-bus)
    export DBUS_SESSION_BUS_ADDRESS=unix:path=$directory/run/nobody
    "$@"
    ;;
*)
    echo "unknown state: $state" >&2
    exit 2
    ;;
esac

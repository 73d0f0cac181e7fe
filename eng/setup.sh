#!/bin/sh
# Installs what is missing for a network on this machine, and nothing else: the npm tools (anvil, forge, solc) into eng/tools,
# and as root on Debian or Ubuntu a container engine, an image registry, mmdebstrap and SQLite from the distribution's packages.
# Says what it will install and asks; --yes, CI=true or no terminal mean yes. Does nothing, quickly, when nothing is missing.
# --official-clients adds the clients that the conformance tests run, into eng/tools/clients.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
tools=$root/eng/tools
yes=
clients=
for argument in "$@"; do
  case $argument in
    --yes | -y) yes=1 ;;
    --official-clients) clients=1 ;;
    *)
      echo "usage: eng/setup.sh [--yes] [--official-clients]" >&2
      exit 2
      ;;
  esac
done
if [ "${CI:-}" = true ] || [ "${CI:-}" = 1 ] || [ ! -t 0 ]; then yes=1; fi

say() { printf '%s\n' "setup: $*" >&2; }
have() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }

# Asks once, before anything is changed.
agreed() {
  [ -n "$yes" ] && return 0
  printf 'setup: %s [Y/n] ' "$1" >&2
  read -r answer || answer=n
  case $answer in '' | [Yy]*) return 0 ;; *) return 1 ;; esac
}

has_sqlite() {
  for library in /usr/lib/*/libsqlite3.so.0 /lib/*/libsqlite3.so.0 /usr/lib64/libsqlite3.so.0 /usr/lib/libsqlite3.so.0; do
    [ -e "$library" ] && return 0
  done
  return 1
}

has_engine() {
  [ -n "${DOCKER_HOST:-}" ] || [ -S /var/run/docker.sock ] || [ -S "${XDG_RUNTIME_DIR:-/nowhere}/docker.sock" ] \
    || [ -S "${XDG_RUNTIME_DIR:-/nowhere}/podman/podman.sock" ] || [ -S /run/podman/podman.sock ] || [ -S "${HOME:-/nowhere}/.docker/run/docker.sock" ]
}

install_packages() {
  packages=
  # A daemon that is installed but does not run is started by iexec itself, if it is root; anyone else has to start it.
  if ! has_engine && ! { have dockerd && [ "$(id -u)" = 0 ]; }; then packages="$packages docker.io"; fi
  if ! have docker-registry && ! have registry; then packages="$packages docker-registry"; fi
  if [ "$(uname -s)" = Linux ]; then
    have mmdebstrap || packages="$packages mmdebstrap"
    has_sqlite || packages="$packages libsqlite3-0"
  fi
  [ -z "$packages" ] && return 0

  if [ "$(id -u)" != 0 ] || [ ! -e /etc/debian_version ] || ! have apt-get; then
    case $packages in
      *docker* | *sqlite*) say "missing, and not installed by this script here: a running Docker Engine (or Podman), docker-registry, SQLite. As root on Debian or Ubuntu: apt-get install$packages" ;;
    esac
    return 0
  fi

  # Ubuntu does not carry the keys of Debian's archive, from which sample images are made.
  case $packages in *mmdebstrap*) [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || packages="$packages debian-archive-keyring" ;; esac
  say "will install from the distribution's packages:$packages"
  agreed "install them now?" || {
    say "nothing was installed."
    exit 1
  }
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  # The lists may be absent or old, so a first failure is answered by fetching them.
  # shellcheck disable=SC2086
  if ! apt-get install -y -q --no-install-recommends $packages >"$log" 2>&1 \
    && ! { apt-get update -q && apt-get install -y -q --no-install-recommends $packages; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    say "apt-get failed; see above."
    exit 1
  fi
  rm -f "$log"
}

is_current() { cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock"; }

# install_npm <folder> <what it holds> [option…]: what the folder's lock names, into its node_modules.
install_npm() {
  folder=$1 what=$2
  shift 2
  is_current "$folder" && return 0
  if ! have npm; then
    say "Node.js 20 or newer with npm is missing: see https://nodejs.org/"
    exit 1
  fi
  say "will install $what into ${folder#"$root"/}/node_modules"
  agreed "install them now?" || {
    say "nothing was installed."
    exit 1
  }

  # One at a time; a lock whose owner is gone is nobody's.
  lock=$folder/.setup.lock
  until mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || :)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -rf "$lock"; else sleep 0.2; fi
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT TERM
  if ! is_current "$folder"; then
    log=$(mktemp)
    # The lock names the platforms' packages that could be had when it was written. npm 11 holds that against it; install takes
    # the locked versions too, and adds the package of another platform.
    if ! (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error "$@") >"$log" 2>&1 \
      && ! (cd "$folder" && npm install --no-save --no-audit --no-fund --loglevel=error "$@") >"$log" 2>&1; then
      tail -n 15 "$log" >&2
      rm -f "$log"
      say "npm failed; see above."
      exit 1
    fi
    rm -f "$log"
    cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock"
  fi
  rm -rf "$lock"
  trap - EXIT INT TERM
}

install_npm "$tools" "the npm tools (anvil, forge, solc)"
# Strangers' code: it runs when a test runs it, not when it is installed.
[ -z "$clients" ] || install_npm "$tools/clients" "the official npm clients" --ignore-scripts
install_packages

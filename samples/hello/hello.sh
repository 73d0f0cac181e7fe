# Says hello, and misbehaves on request. Runs with BusyBox alone, so every program is called through it.
#
#   (anything else)   greets with all its arguments, its IEXEC_ variables and its input files
#   fail CODE         prints to both streams and exits with CODE
#   sleep SECONDS     sleeps, ignores SIGTERM, and tells how long it slept
#   dream SECONDS N   sleeps likewise, then writes N lines that hardly compress
#   callback HEX      answers with callback data
#   say TEXT FILE     writes TEXT into FILE below /iexec_out, and names it in computed.json
#   link TARGET NAME  puts a symbolic link into /iexec_out and names it in computed.json
#   json TEXT         writes TEXT as computed.json
#   fork              starts processes until it may not
#   memory            fills memory until it is stopped
#   disk MEGABYTES    writes one file of this size
#   spread MEGABYTES  writes many files of one megabyte
#   files COUNT       writes empty files
#   chatter LINES     prints many lines
#   probe             tells what it may do: user, root file system, network
out=${IEXEC_OUT:-/iexec_out}
in=${IEXEC_IN:-/iexec_in}
b=/bin/busybox

computed() { echo "{\"deterministic-output-path\":\"$1\"}" >"$out/computed.json"; }

case ${1:-} in
  fail)
    echo "to stdout"
    echo "to stderr" >&2
    exit "$2"
    ;;
  sleep)
    trap '' TERM
    echo "asleep"
    $b sleep "$2"
    echo "slept $2" >"$out/slept.txt"
    computed "$out/slept.txt"
    ;;
  dream)
    $b sleep "$2"
    $b awk -v "n=$3" 'BEGIN { srand(1); for (i = 0; i < n; i++) print rand() }' >"$out/dream.txt"
    computed "$out/dream.txt"
    ;;
  callback)
    echo "{\"callback-data\":\"$2\"}" >"$out/computed.json"
    ;;
  say)
    echo "$2" >"$out/$3"
    computed "$out/$3"
    ;;
  link)
    $b ln -s "$2" "$out/$3"
    computed "$out/$3"
    ;;
  json)
    echo "$2" >"$out/computed.json"
    ;;
  fork)
    refused=0
    for i in $($b seq 1 400); do
      # A refused fork ends the shell that asked for it, so each asks from a shell of its own.
      ($b sleep 20 & ) 2>/dev/null || refused=$((refused + 1))
    done
    echo "refused: $refused"
    ;;
  memory)
    x=0123456789abcdef
    while :; do x=$x$x; done
    ;;
  disk)
    $b dd if=/dev/zero of="$out/big" bs=1048576 count="$2"
    ;;
  spread)
    for i in $($b seq 1 "$2"); do $b dd if=/dev/zero of="$out/part$i" bs=1048576 count=1 2>/dev/null; done
    $b sleep 30
    ;;
  files)
    for i in $($b seq 1 "$2"); do : >"$out/file$i"; done
    $b sleep 30
    ;;
  chatter)
    $b seq 1 "$2"
    ;;
  probe)
    echo "uid $($b id -u) gid $($b id -g)"
    (: >/written) 2>/dev/null && echo "root writable" || echo "root read-only"
    (: >"$in/written") 2>/dev/null && echo "input writable" || echo "input read-only"
    (: >/tmp/written) 2>/dev/null && echo "tmp writable" || echo "tmp read-only"
    echo "interfaces $($b ls /sys/class/net | $b grep -vc '^lo$')"
    $b grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status
    ;;
  *)
    {
      echo "Hello from iExec"
      for argument in "$@"; do echo "argument: $argument"; done
      $b env | $b grep '^IEXEC_' | $b sort
      if [ -d "$in" ]; then
        for file in "$in"/*; do
          [ -f "$file" ] && echo "input $($b basename "$file"): $($b head -c 1000 "$file")"
        done
      fi
    } >"$out/hello.txt"
    $b cat "$out/hello.txt"
    computed "$out/hello.txt"
    ;;
esac

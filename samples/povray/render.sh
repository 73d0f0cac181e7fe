#!/bin/sh
# Renders the scene given as input file to /iexec_out/picture.png, the same bytes on every machine:
# one thread (the order of sampling does not depend on the machine), fixed size and antialiasing, no gamma of the display.
#
# Arguments: WIDTH HEIGHT, 640 480 if absent.
set -eu
out=${IEXEC_OUT:-/iexec_out}
in=${IEXEC_INPUT_FILES_FOLDER:-${IEXEC_IN:-/iexec_in}}

if [ -z "${IEXEC_INPUT_FILE_NAME_1:-}" ]; then
  echo "No scene: give the URL of a .pov file as input file (iexec_input_files)." >&2
  exit 2
fi

# POV-Ray goes by the extension, and by default may read what the scene asks for; all it can reach is in this container.
cp "$in/$IEXEC_INPUT_FILE_NAME_1" /tmp/scene.pov
cd /tmp
if ! povray +I/tmp/scene.pov +O/tmp/picture.png +FN8 \
  +W"${1:-640}" +H"${2:-480}" +Q9 +A0.2 +AM1 +R3 -J +WT1 +BS32 -D -V File_Gamma=srgb >/tmp/povray.log 2>&1
then
  # The banner is long; what went wrong comes last.
  tail -n 15 /tmp/povray.log >&2
  exit 1
fi

# POV-Ray notes the date of creation in the PNG (chunks tIME and tEXt): only what makes the picture is kept.
keep_picture() {
  dd if="$1" bs=8 count=1 2>/dev/null
  size=$(wc -c <"$1")
  at=8
  while [ "$at" -lt "$size" ]; do
    set -- "$1" $(dd if="$1" bs=1 skip="$at" count=8 2>/dev/null | od -An -tu1 -v)
    length=$(((($2 * 256 + $3) * 256 + $4) * 256 + $5))
    # The four letters of a chunk as numbers: IHDR, PLTE, IDAT, IEND are kept, and gAMA and sRGB which say what the colours mean.
    case "$6.$7.$8.$9" in
      73.72.68.82 | 80.76.84.69 | 73.68.65.84 | 73.69.78.68 | 103.65.77.65 | 115.82.71.66)
        tail -c +$((at + 1)) "$1" | head -c $((length + 12))
        ;;
    esac
    at=$((at + length + 12))
    set -- "$1"
  done
}
keep_picture /tmp/picture.png >"$out/picture.png"

echo "{\"deterministic-output-path\":\"$out/picture.png\"}" >"$out/computed.json"
echo "rendered $(wc -c <"$out/picture.png") bytes"

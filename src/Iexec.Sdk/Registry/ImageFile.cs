using System.Buffers.Binary;

namespace Iexec.Sdk.Registry;

/// <summary>Format and size of a picture, read from its head alone; its pixels are not decoded.</summary>
internal sealed record ImageFile(string Format, int Width, int Height)
{
    private const int JpegStart = 0xd8;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>PNG (<c>png</c>) or JPEG (<c>jpg</c>); null for anything else.</summary>
    public static ImageFile? Read(ReadOnlySpan<byte> bytes) => ReadPng(bytes) ?? ReadJpeg(bytes);

    // W3C PNG, 11.2.2: the signature is followed by IHDR, which begins with width and height.
    private static ImageFile? ReadPng(ReadOnlySpan<byte> bytes) => bytes.Length >= 24 && bytes.StartsWith(PngSignature)
        ? new ImageFile("png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
        : null;

    // ITU T.81, B.2.2: the size stands in the frame header, SOF0 to SOF15 without DHT, JPG and DAC.
    private static ImageFile? ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [0xff, JpegStart, ..])
        {
            return null;
        }

        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xff;)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return new ImageFile("jpg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }
}

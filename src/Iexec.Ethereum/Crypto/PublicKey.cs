using System.Diagnostics.CodeAnalysis;
using Iexec.Ethereum.Crypto.Secp256k1;

namespace Iexec.Ethereum.Crypto;

/// <summary>A point on secp256k1: 64 bytes x ‖ y.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly AffinePoint _point;

    internal PublicKey(in AffinePoint point)
    {
        _point = point;
        Address = new Address(Keccak256.Hash(ToUncompressed().AsSpan(1)).AsSpan()[12..]);
    }

    /// <summary>
    /// Reads the forms of SEC 1 §2.3.4: 65 bytes 0x04 ‖ x ‖ y or 33 bytes 0x02/0x03 ‖ x; also the bare 64 bytes x ‖ y.
    /// False for another shape, a coordinate not below p, or a point off the curve.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        switch (bytes.Length)
        {
            case 65 when bytes[0] == 4:
                return TryParse(bytes[1..], out key);
            case 64 when FieldElement.TryRead(bytes[..32], out var x)
                && FieldElement.TryRead(bytes[32..], out var y)
                && AffinePoint.IsOnCurve(x, y):
                key = new PublicKey(new AffinePoint(x, y));
                return true;
            case 33 when bytes[0] is 2 or 3
                && FieldElement.TryRead(bytes[1..], out var x)
                && AffinePoint.TryFromX(x, (ulong)(bytes[0] & 1), out var point):
                key = new PublicKey(point);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Uncompressed SEC 1 form: 0x04 ‖ x ‖ y, 65 bytes.</summary>
    public byte[] ToUncompressed()
    {
        var bytes = new byte[65];
        bytes[0] = 4;
        _point.X.Write(bytes.AsSpan(1));
        _point.Y.Write(bytes.AsSpan(33));
        return bytes;
    }

    /// <summary>Compressed SEC 1 form: 0x02 or 0x03 by the parity of y ‖ x, 33 bytes.</summary>
    public byte[] ToCompressed()
    {
        var bytes = new byte[33];
        bytes[0] = (byte)(2 + _point.Y.IsOdd);
        _point.X.Write(bytes.AsSpan(1));
        return bytes;
    }

    /// <summary>Last 20 bytes of keccak-256(x ‖ y).</summary>
    public Address Address { get; }

    /// <summary>
    /// True if <paramref name="signature"/> (low s only, EIP-2) was made by this key over <paramref name="digest"/>.
    /// The recovery bit v takes no part in it.
    /// </summary>
    public bool Verify(in Bytes32 digest, in Signature signature) => Ecdsa.Verify(_point, digest, signature);

    /// <summary>The key that signed <paramref name="digest"/>; false if the signature is malformed, has a high s (EIP-2), or no key fits.</summary>
    public static bool TryRecover(in Bytes32 digest, in Signature signature, [NotNullWhen(true)] out PublicKey? key)
    {
        key = Ecdsa.TryRecover(digest, signature, out var point) ? new PublicKey(point) : null;
        return key is not null;
    }

    /// <summary>The address that signed <paramref name="digest"/>; null as in <see cref="TryRecover"/>.</summary>
    public static Address? RecoverAddress(in Bytes32 digest, in Signature signature) =>
        TryRecover(digest, signature, out var key) ? key.Address : null;

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && ToUncompressed().AsSpan().SequenceEqual(other.ToUncompressed());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Address.GetHashCode();

    /// <summary>The uncompressed form in hexadecimal.</summary>
    public override string ToString() => Hex.Encode(ToUncompressed());
}

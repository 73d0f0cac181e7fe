using System.Runtime.InteropServices;

namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>ECDSA (SEC 1 §4.1) as Ethereum uses it: digests of 32 bytes, s in the lower half, the key recoverable from v.</summary>
internal static class Ecdsa
{
    /// <summary>p − n: the only x below which a second x, x + n, has the same rest modulo n.</summary>
    private static ReadOnlySpan<byte> FieldMinusOrder =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        0x45, 0x51, 0x23, 0x19, 0x50, 0xb7, 0x5f, 0xc4, 0x40, 0x2d, 0xa1, 0x72, 0x2f, 0xc9, 0xba, 0xee,
    ];

    private static ReadOnlySpan<byte> Order =>
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
        0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
    ];

    /// <summary>
    /// Signs in constant time. <paramref name="secret"/> is 32 bytes, 1 … n−1. Computes s = (m·k)⁻¹·(r·(m·d) + m·e) with a fresh random m,
    /// so that neither the secret nor the nonce is multiplied with a number that is known to others.
    /// </summary>
    internal static Signature Sign(ReadOnlySpan<byte> secret, in Bytes32 digest)
    {
        Span<Scalar> scalars = stackalloc Scalar[4];
        ref var d = ref scalars[0];
        ref var k = ref scalars[1];
        ref var sum = ref scalars[2];
        ref var m = ref scalars[3];
        Span<byte> workspace = stackalloc byte[DeterministicNonce.WorkspaceSize];
        Span<byte> bytes = stackalloc byte[Bytes32.Size];

        m = Blinding.NextScalar();
        d = m * Scalar.Read(secret, out _);
        var e = Scalar.Read(digest.AsSpan(), out _);
        e.Write(bytes);
        var nonce = new DeterministicNonce(secret, bytes, workspace);
        try
        {
            while (true)
            {
                k = nonce.Next(out var overflow);
                if ((overflow | k.IsZero) != 0)
                {
                    continue;
                }

                var point = GeneratorComb.Multiply(k);
                point.X.Write(bytes);
                // An x of n or more has no v of 27 or 28; its chance is 2⁻¹²⁸.
                var r = Scalar.Read(bytes, out overflow);
                if ((overflow | r.IsZero) != 0)
                {
                    continue;
                }

                var rBytes = new Bytes32(bytes);
                sum = (r * d) + (m * e);
                k *= m;
                var s = k.Invert() * sum;
                if (s.IsZero != 0)
                {
                    continue;
                }

                var negated = s.IsHigh;
                s.NegateIf(negated).Write(bytes);
                return new(rBytes, new(bytes), (byte)(27 + (point.Y.IsOdd ^ negated)));
            }
        }
        finally
        {
            nonce.Dispose();
            SecretBytes.Wipe(MemoryMarshal.AsBytes(scalars));
        }
    }

    /// <summary>Plain verification; v is not looked at.</summary>
    internal static bool Verify(in AffinePoint key, in Bytes32 digest, in Signature signature)
    {
        if (!TryReadScalars(signature, out var r, out var s))
        {
            return false;
        }

        var w = s.Invert();
        var e = Scalar.Read(digest.AsSpan(), out _);
        var point = DoubleMultiplication.Multiply(e * w, r * w, key);
        if (point.IsInfinity)
        {
            return false;
        }

        // x mod n = r without a division: X = r·Z, or X = (r + n)·Z where r + n is still below p.
        if (!FieldElement.TryRead(signature.R.AsSpan(), out var x))
        {
            return false;
        }

        if (FieldElement.AreEqual(x * point.Z, point.X) == 1)
        {
            return true;
        }

        FieldElement.TryRead(Order, out var order);
        return signature.R.AsSpan().SequenceCompareTo(FieldMinusOrder) < 0
            && FieldElement.AreEqual((x + order) * point.Z, point.X) == 1;
    }

    /// <summary>Q = r⁻¹(s·R − e·G) with the R that x = r and the parity in v name (SEC 1 §4.1.6).</summary>
    internal static bool TryRecover(in Bytes32 digest, in Signature signature, out AffinePoint key)
    {
        key = default;
        if (signature.V is not (27 or 28)
            || !TryReadScalars(signature, out var r, out var s)
            || !FieldElement.TryRead(signature.R.AsSpan(), out var x)
            || !AffinePoint.TryFromX(x, (ulong)(signature.V - 27), out var point))
        {
            return false;
        }

        var inverse = r.Invert();
        var e = Scalar.Read(digest.AsSpan(), out _);
        var sum = DoubleMultiplication.Multiply(-(e * inverse), s * inverse, point);
        if (sum.IsInfinity)
        {
            return false;
        }

        key = sum.ToAffine();
        return true;
    }

    /// <summary>1 ≤ r &lt; n and 1 ≤ s ≤ (n−1)/2.</summary>
    private static bool TryReadScalars(in Signature signature, out Scalar r, out Scalar s)
    {
        r = Scalar.Read(signature.R.AsSpan(), out var rOverflow);
        s = Scalar.Read(signature.S.AsSpan(), out var sOverflow);
        return (rOverflow | sOverflow | r.IsZero | s.IsZero | s.IsHigh) == 0;
    }
}

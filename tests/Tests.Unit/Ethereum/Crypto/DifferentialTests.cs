using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Xunit;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace Tests.Unit.Ethereum.Crypto;

/// <summary>The same inputs through other implementations: Portable.BouncyCastle, and the system's own (OpenSSL on Linux).</summary>
public sealed class DifferentialTests
{
    private const int Runs = 60;

    private static readonly ECDomainParameters Domain = new(Org.BouncyCastle.Asn1.Sec.SecNamedCurves.GetByName("secp256k1"));

    [Fact]
    public void BouncyCastle_derives_the_same_keys_makes_the_same_signatures_and_accepts_ours()
    {
        var random = new Random(3);
        for (var run = 0; run < Runs; run++)
        {
            var (key, digest) = Sample(random);
            var secret = new ECPrivateKeyParameters(new BigInteger(1, key.ExportSecret()), Domain);
            var point = Domain.G.Multiply(secret.D).Normalize();
            Assert.Equal(point.GetEncoded(false), key.PublicKey.ToUncompressed());
            Assert.Equal(point.GetEncoded(true), key.PublicKey.ToCompressed());

            var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
            signer.Init(true, secret);
            var theirs = signer.GenerateSignature(digest.ToArray());
            var high = theirs[1].CompareTo(Domain.N.ShiftRight(1)) > 0;
            var ours = key.Sign(digest);
            Assert.Equal(theirs[0], new BigInteger(1, ours.R.ToArray()));
            Assert.Equal(high ? Domain.N.Subtract(theirs[1]) : theirs[1], new BigInteger(1, ours.S.ToArray()));

            var verifier = new ECDsaSigner();
            verifier.Init(false, new ECPublicKeyParameters(point, Domain));
            Assert.True(verifier.VerifySignature(digest.ToArray(), new(1, ours.R.ToArray()), new(1, ours.S.ToArray())));
        }
    }

    [Fact]
    public void The_systems_library_accepts_our_signatures_and_we_accept_its()
    {
        var random = new Random(4);
        for (var run = 0; run < Runs; run++)
        {
            var (key, digest) = Sample(random);
            if (SystemKey(key) is not { } system)
            {
                return; // Built without this curve: nothing to compare with.
            }

            using (system)
            {
                Assert.True(system.VerifyHash(digest.AsSpan(), key.Sign(digest).ToArray().AsSpan(0, 64)));

                var theirs = system.SignHash(digest.ToArray());
                var s = new BigInteger(1, theirs, 32, 32);
                var low = s.CompareTo(Domain.N.ShiftRight(1)) > 0 ? Domain.N.Subtract(s) : s;
                var lowBytes = UInt256.FromBigEndian(low.ToByteArrayUnsigned()).ToBytes32();
                var signature = new Signature(new(theirs.AsSpan(0, 32)), lowBytes, 27);
                Assert.True(key.PublicKey.Verify(digest, signature));
                Assert.Contains(key.Address, (Address?[])[
                    PublicKey.RecoverAddress(digest, signature), PublicKey.RecoverAddress(digest, signature with { V = 28 })]);
            }
        }
    }

    private static ECDsa? SystemKey(PrivateKey key)
    {
        var point = key.PublicKey.ToUncompressed();
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.CreateFromFriendlyName("secp256k1"),
                D = key.ExportSecret(),
                Q = new ECPoint { X = point[1..33], Y = point[33..] },
            });
        }
        catch (PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static (PrivateKey Key, Bytes32 Digest) Sample(Random random)
    {
        var bytes = new byte[64];
        random.NextBytes(bytes);
        return (new PrivateKey(bytes.AsSpan(0, 32)), new Bytes32(bytes.AsSpan(32)));
    }
}

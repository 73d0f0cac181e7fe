using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Iexec.Bench.Ethereum;

/// <summary>ECDSA over secp256k1; BouncyCastle has no key recovery of its own, so that row stands alone.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class Secp256k1Benchmarks
{
    private readonly PrivateKey _key = PrivateKey.Parse(new string('1', 64));
    private readonly Bytes32 _digest = Keccak256.Hash("iexec");
    private readonly byte[] _secret = Hex.Decode(new string('1', 64));
    private Signature _signature;
    private ECPrivateKeyParameters _peerSecret = null!;
    private ECPublicKeyParameters _peerPublic = null!;
    private byte[] _peerDigest = [];
    private BigInteger _peerR = null!;
    private BigInteger _peerS = null!;

    [GlobalSetup]
    public void Setup()
    {
        _signature = _key.Sign(_digest);
        var domain = new ECDomainParameters(SecNamedCurves.GetByName("secp256k1"));
        _peerSecret = new(new BigInteger(1, _secret), domain);
        _peerPublic = new(domain.G.Multiply(_peerSecret.D).Normalize(), domain);
        _peerDigest = _digest.ToArray();
        _peerR = new(1, _signature.R.ToArray());
        _peerS = new(1, _signature.S.ToArray());
    }

    [Benchmark]
    [BenchmarkCategory("sign")]
    public Signature Sign() => _key.Sign(_digest);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign")]
    public BigInteger[] SignBouncyCastle()
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, _peerSecret);
        return signer.GenerateSignature(_peerDigest);
    }

    [Benchmark]
    [BenchmarkCategory("verify")]
    public bool Verify() => _key.PublicKey.Verify(_digest, _signature);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("verify")]
    public bool VerifyBouncyCastle()
    {
        var verifier = new ECDsaSigner();
        verifier.Init(false, _peerPublic);
        return verifier.VerifySignature(_peerDigest, _peerR, _peerS);
    }

    [Benchmark]
    [BenchmarkCategory("recover")]
    public Address? Recover() => PublicKey.RecoverAddress(_digest, _signature);

    [Benchmark]
    [BenchmarkCategory("public key")]
    public Address DerivePublicKey()
    {
        using var key = new PrivateKey(_secret);
        return key.Address;
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("public key")]
    public byte[] DerivePublicKeyBouncyCastle() => _peerSecret.Parameters.G.Multiply(_peerSecret.D).Normalize().GetEncoded(false);
}

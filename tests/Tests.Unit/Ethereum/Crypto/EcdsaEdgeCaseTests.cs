using System.Numerics;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Xunit;

namespace Tests.Unit.Ethereum.Crypto;

/// <summary>What an attacker would send, after the kinds of cases of Project Wycheproof.</summary>
public sealed class EcdsaEdgeCaseTests
{
    private static readonly BigInteger N = Number("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static readonly BigInteger P = Number("0fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f");
    private static readonly BigInteger Gx = Number("079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    private static readonly PrivateKey Key = PrivateKey.Parse(new string('4', 64));
    private static readonly Bytes32 Digest = Keccak256.Hash("message");
    private static readonly Signature Valid = Key.Sign(Digest);

    public static TheoryData<string, BigInteger?, BigInteger?> OutOfRange => new()
    {
        { "r = 0", BigInteger.Zero, null },
        { "s = 0", null, BigInteger.Zero },
        { "r = s = 0", BigInteger.Zero, BigInteger.Zero },
        { "r = n", N, null },
        { "s = n", null, N },
        { "r = n - 1", N - 1, null },
        { "s = n - 1", null, N - 1 },
        { "s = n + 1", null, N + 1 },
        { "r = p", P, null },
        { "r = p - n", P - N, null },
        { "r = r + 1", Value(Valid.R) + 1, null },
        { "s = s + 1", null, Value(Valid.S) + 1 },
        { "s = n - s", null, N - Value(Valid.S) },
        { "r and s the largest words", (BigInteger.One << 256) - 1, (BigInteger.One << 256) - 1 },
        { "r = 1, s = 1", BigInteger.One, BigInteger.One },
        { "r = Gx, s = 1", Gx, BigInteger.One },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_signature_with_other_numbers_never_passes_for_the_key(string what, BigInteger? r, BigInteger? s)
    {
        foreach (byte v in (byte[])[27, 28])
        {
            var signature = new Signature(r is { } otherR ? Word(otherR) : Valid.R, s is { } otherS ? Word(otherS) : Valid.S, v);
            Assert.False(Key.PublicKey.Verify(Digest, signature), what);
            Assert.NotEqual(Key.Address, PublicKey.RecoverAddress(Digest, signature));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_zero_recovers_nobody(int r, int s) => Assert.Null(PublicKey.RecoverAddress(Digest, new(Word(r), Word(s), 27)));

    [Fact]
    public void The_other_half_of_s_recovers_nobody_whatever_v_says()
    {
        var high = Word(N - Value(Valid.S));
        Assert.Null(PublicKey.RecoverAddress(Digest, new(Valid.R, high, 27)));
        Assert.Null(PublicKey.RecoverAddress(Digest, new(Valid.R, high, 28)));
    }

    [Fact]
    public void S_of_exactly_half_the_order_is_low_and_the_next_is_high()
    {
        var half = N / 2;
        Assert.NotNull(PublicKey.RecoverAddress(Digest, new(Word(Gx), Word(half), 27)));
        Assert.Null(PublicKey.RecoverAddress(Digest, new(Word(Gx), Word(half + 1), 27)));
    }

    [Theory]
    [InlineData(5)]
    public void An_x_that_is_not_on_the_curve_recovers_nobody(int r)
    {
        // 5³ + 7 = 132 is no square modulo p.
        Assert.Null(PublicKey.RecoverAddress(Digest, new(Word(r), Valid.S, 27)));
        Assert.Null(PublicKey.RecoverAddress(Digest, new(Word(r), Valid.S, 28)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(29)]
    public void Another_v_recovers_nobody(byte v) => Assert.Null(PublicKey.RecoverAddress(Digest, Valid with { V = v }));

    [Fact]
    public void A_recovery_that_ends_at_infinity_recovers_nobody()
    {
        // R = G and s = e make Q = r⁻¹(s·G − e·G) the point at infinity. G's y is even, so v is 27.
        var e = Value(Digest) % N;
        var s = e <= N / 2 ? e : N - e;
        var signature = new Signature(Word(Gx), Word(s), (byte)(e <= N / 2 ? 27 : 28));
        Assert.Null(PublicKey.RecoverAddress(Digest, signature));
        Assert.False(Key.PublicKey.Verify(Digest, signature));
    }

    [Fact]
    public void A_verification_that_passes_infinity_fails()
    {
        // With Q = G, e = −r makes u1·G + u2·Q the point at infinity.
        using var one = PrivateKey.Parse(new string('0', 63) + "1");
        var r = Value(Valid.R);
        Assert.False(one.PublicKey.Verify(Word(N - r), Valid));
    }

    [Fact]
    public void Equal_and_opposite_points_add_up_in_verification()
    {
        // Keys 1 and n − 1 are G and −G: the two products meet points equal or opposite to the table's own.
        foreach (var secret in (BigInteger[])[1, 2, 3, N - 1, N - 2, N / 2, (N / 2) + 1])
        {
            using var key = new PrivateKey(Word(secret).AsSpan());
            foreach (var digest in (Bytes32[])[Word(0), Word(1), Word(N - 1), Word(N), Word((BigInteger.One << 256) - 1), Digest])
            {
                var signature = key.Sign(digest);
                Assert.True(key.PublicKey.Verify(digest, signature));
                Assert.Equal(key.Address, PublicKey.RecoverAddress(digest, signature));
            }
        }
    }

    [Fact]
    public void A_digest_of_n_or_more_is_taken_modulo_n()
    {
        var digest = Word(N + 5);
        Assert.Equal(Key.Sign(Word(5)), Key.Sign(digest));
        Assert.True(Key.PublicKey.Verify(digest, Key.Sign(Word(5))));
    }

    [Fact]
    public void A_signature_for_another_message_or_key_fails()
    {
        using var other = PrivateKey.Parse(new string('5', 64));
        Assert.False(Key.PublicKey.Verify(Keccak256.Hash("other"), Valid));
        Assert.False(other.PublicKey.Verify(Digest, Valid));
        Assert.NotEqual(Key.Address, PublicKey.RecoverAddress(Keccak256.Hash("other"), Valid));
    }

    private static BigInteger Number(string hex) => BigInteger.Parse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, null);

    private static Bytes32 Word(BigInteger number) => UInt256.FromBigInteger(number).ToBytes32();

    private static BigInteger Value(in Bytes32 word) => new(word.AsSpan(), isUnsigned: true, isBigEndian: true);
}

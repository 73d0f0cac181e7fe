using System.Security.Cryptography;
using Iexec.Sdk.Wire.Sms;
using Iexec.Sms.Store;
using Iexec.Testing;
using Iexec.Testing.Chain;
using Xunit;

namespace Tests.Unit.Sms;

public sealed class SecretVaultTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Value = "correct horse"u8.ToArray();
    private static readonly SecretReference Secret = SecretReference.OfWallet(TestAddress.Of(1), "token");

    [Fact]
    public void A_value_comes_back_and_no_record_is_like_another()
    {
        using var vault = Vault(Key);
        var first = vault.Seal(Secret, Value);
        Assert.Equal(Value, vault.Open(Secret, first));
        Assert.NotEqual(first, vault.Seal(Secret, Value));
        Assert.DoesNotContain("horse", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(first)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_opens_only_at_its_place_on_its_chain_with_its_key()
    {
        using var vault = Vault(Key);
        var record = vault.Seal(Secret, Value);
        SecretReference[] others =
        [
            SecretReference.OfWallet(TestAddress.Of(1), "token2"), SecretReference.OfWallet(TestAddress.Of(2), "token"), SecretReference.OfRequester(TestAddress.Of(1), "token"),
        ];
        Assert.All(others, other => Assert.ThrowsAny<CryptographicException>(() => vault.Open(other, record)));
        using var otherChain = Vault(Key, chainId: 2);
        Assert.ThrowsAny<CryptographicException>(() => otherChain.Open(Secret, record));
        using var otherKey = Vault([.. Key.Reverse()]);
        Assert.ThrowsAny<CryptographicException>(() => otherKey.Open(Secret, record));
    }

    [Fact]
    public void A_changed_bit_anywhere_is_noticed()
    {
        using var vault = Vault(Key);
        var record = Convert.FromBase64String(vault.Seal(Secret, Value));
        for (var i = 0; i < record.Length; i++)
        {
            byte[] changed = [.. record];
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(Secret, Convert.ToBase64String(changed)));
        }
    }

    [Fact]
    public void The_check_passes_with_the_same_key_and_chain_alone()
    {
        using var vault = Vault(Key);
        var check = vault.SealCheck();
        Assert.True(vault.PassesCheck(check));
        using var otherKey = Vault([.. Key.Reverse()]);
        Assert.False(otherKey.PassesCheck(check));
        using var otherChain = Vault(Key, chainId: 2);
        Assert.False(otherChain.PassesCheck(check));
        Assert.False(vault.PassesCheck("not base64"));
        Assert.False(vault.PassesCheck(""));
    }

    [Fact]
    public void Marks_tell_values_apart_and_say_nothing_without_the_key()
    {
        using var vault = Vault(Key);
        using var otherKey = Vault([.. Key.Reverse()]);
        Assert.Equal(vault.Mark(Secret, Value), vault.Mark(Secret, Value));
        Assert.NotEqual(vault.Mark(Secret, Value), vault.Mark(Secret, "other"u8));
        Assert.NotEqual(vault.Mark(Secret, Value), vault.Mark(SecretReference.OfWallet(TestAddress.Of(2), "token"), Value));
        Assert.NotEqual(vault.Mark(Secret, Value), otherKey.Mark(Secret, Value));
    }

    private static SecretVault Vault(byte[] key, ulong chainId = 1) => new(key, chainId, new SeededEntropy(1));
}

using System.Buffers.Text;
using Iexec.Ethereum;
using Iexec.ServiceDefaults.Http;
using Iexec.Testing;
using Xunit;

namespace Tests.Unit.ServiceDefaults;

public sealed class WalletTokenTests
{
    private static readonly Address Wallet = Address.Parse("0x1111111111111111111111111111111111111111");
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];
    private readonly ManualTime _time = new();

    [Fact]
    public void A_token_names_its_wallet_until_it_ends()
    {
        var tokens = new WalletToken(Key, "here", _time);
        var token = tokens.Issue(Wallet, TimeSpan.FromHours(1));

        Assert.Equal((Wallet, Wallet), (tokens.Read(token), tokens.Read("Bearer " + token)));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(tokens.Read(token));
    }

    [Fact]
    public void A_token_of_the_same_key_for_another_audience_or_of_another_key_is_nobodys()
    {
        var token = new WalletToken(Key, "there", _time).Issue(Wallet, null);

        Assert.Equal(Wallet, new WalletToken(Key, "there", _time).Read(token));
        Assert.Null(new WalletToken(Key, "here", _time).Read(token));
        Assert.Null(new WalletToken([.. Key.Reverse()], "there", _time).Read(token));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("?")]
    [InlineData("é.ü")]
    [InlineData("AAAA")]
    public void What_is_no_code_of_this_key_is_refused_without_an_exception(string code)
    {
        var tokens = new WalletToken(Key, "here", _time);
        var token = tokens.Issue(Wallet, null);
        var signed = token[..token.LastIndexOf('.')];

        Assert.Null(tokens.Read($"{signed}.{code}"));
        Assert.Null(tokens.Read(code));
        Assert.Null(tokens.Read($"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}{token[token.IndexOf('.')..]}"));
    }

    [Fact]
    public void A_key_of_another_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WalletToken([1, 2, 3], "here", _time));
}

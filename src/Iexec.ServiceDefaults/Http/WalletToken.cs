using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Iexec.Ethereum;
using Iexec.Sdk.Project;

namespace Iexec.ServiceDefaults.Http;

/// <summary>
/// Bearer tokens that name a wallet: JSON Web Tokens under HMAC-SHA-256 (RFC 7519, <c>HS256</c>) whose key the service keeps, in a file or
/// in its store, so that a restart logs nobody out. Only this one algorithm is accepted.
/// </summary>
public sealed class WalletToken
{
    private const int KeyBytes = 32;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly byte[] _key;
    private readonly string _audience;
    private readonly TimeProvider _time;

    /// <summary>Tokens under a key of 32 random bytes that the service has stored. <paramref name="audience"/> keeps services' tokens apart.</summary>
    public WalletToken(byte[] key, string audience, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes);
        _key = key;
        _audience = audience;
        _time = time;
    }

    /// <summary>Opens the key file, or makes one that only its owner may read. <paramref name="audience"/> keeps services' tokens apart.</summary>
    public static WalletToken Open(string keyFile, string audience, IEntropySource entropy, TimeProvider time)
    {
        if (!File.Exists(keyFile))
        {
            Create(keyFile, entropy);
        }

        var key = File.ReadAllBytes(keyFile);
        return key.Length == KeyBytes
            ? new WalletToken(key, audience, time)
            : throw new InvalidDataException($"The token key {keyFile} must hold {KeyBytes} bytes, it has {key.Length}. Remove it to make a new one.");
    }

    /// <summary>A token for a wallet; a null lifetime never ends.</summary>
    public string Issue(Address wallet, TimeSpan? lifetime)
    {
        var now = _time.GetUtcNow();
        var claims = new TokenClaims(_audience, wallet, now.ToUnixTimeSeconds(), lifetime is null ? null : (now + lifetime.Value).ToUnixTimeSeconds());
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, TokenJson.Default.TokenClaims))}";
        return $"{signed}.{Mac(signed)}";
    }

    /// <summary>The wallet of a token that this service issued and that has not ended; null for anything else. <c>Bearer </c> in front is allowed.</summary>
    public Address? Read(string? token)
    {
        const string Bearer = "Bearer ";
        var text = token is not null && token.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? token[Bearer.Length..] : token ?? "";
        var end = text.LastIndexOf('.');
        if (end < 0 || text.Length > 2048 || !text.StartsWith(Header + ".", StringComparison.Ordinal))
        {
            return null;
        }

        // Compared as text: what a stranger sends is not decoded before it is known to be ours.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text[(end + 1)..]), Encoding.ASCII.GetBytes(Mac(text[..end]))))
        {
            return null;
        }

        var claims = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text.AsSpan(Header.Length + 1, end - Header.Length - 1)), TokenJson.Default.TokenClaims);
        var live = claims is not null && claims.Audience == _audience && (claims.Expires is null || _time.GetUtcNow().ToUnixTimeSeconds() < claims.Expires);
        return live ? claims!.Wallet : null;
    }

    private string Mac(string signed) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed)));

    private static void Create(string keyFile, IEntropySource entropy)
    {
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(keyFile))!);
        var key = new byte[KeyBytes];
        entropy.Fill(key);
        using var file = PrivateFile.Create(keyFile);
        file.Write(key);
        file.Flush(flushToDisk: true);
    }
}

internal sealed record TokenClaims(
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("sub")] Address Wallet,
    [property: JsonPropertyName("iat")] long Issued,
    [property: JsonPropertyName("exp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Expires);

[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class TokenJson : JsonSerializerContext;

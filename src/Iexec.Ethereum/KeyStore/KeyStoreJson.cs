using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Iexec.Ethereum.KeyStore;

/// <summary>The JSON shape of a keystore file. Member names are read in any case, since files in the wild differ.</summary>
internal static class KeyStoreJson
{
    /// <summary>Members in the order of the official client.</summary>
    internal static string Write(KeyStoreContent content)
    {
        var derivation = (ScryptDerivation)content.Derivation;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("address", Digits(content.Address!.Value.AsSpan()));
            json.WriteString("id", content.Id!.Value.ToString("D"));
            json.WriteNumber("version", 3);
            json.WriteStartObject("Crypto");
            json.WriteString("cipher", "aes-128-ctr");
            json.WriteStartObject("cipherparams");
            json.WriteString("iv", Digits(content.Iv));
            json.WriteEndObject();
            json.WriteString("ciphertext", Digits(content.Ciphertext));
            json.WriteString("kdf", "scrypt");
            json.WriteStartObject("kdfparams");
            json.WriteString("salt", Digits(derivation.Salt));
            json.WriteNumber("n", derivation.N);
            json.WriteNumber("dklen", derivation.LengthBytes);
            json.WriteNumber("p", derivation.P);
            json.WriteNumber("r", derivation.R);
            json.WriteEndObject();
            json.WriteString("mac", Digits(content.Mac.AsSpan()));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="FormatException">What is wrong, with the member's path.</exception>
    internal static KeyStoreContent Read(string json)
    {
        using var document = Parse(json);
        var root = new KeyStoreNode(document.RootElement, "keystore");
        if (root.Member("version").Text() is not "3")
        {
            throw root.Member("version").Refuse("only version 3 can be read");
        }

        var crypto = root.Member("crypto");
        if (!crypto.Member("cipher").Is("aes-128-ctr"))
        {
            throw crypto.Member("cipher").Refuse("only aes-128-ctr can be read");
        }

        return new(
            ReadAddress(root),
            null,
            crypto.Member("cipherparams").Member("iv").Bytes(16),
            crypto.Member("ciphertext").Bytes(32),
            ReadDerivation(crypto),
            new Bytes32(crypto.Member("mac").Bytes(32)));
    }

    internal static Address? ReadAddress(string json)
    {
        using var document = Parse(json);
        return ReadAddress(new KeyStoreNode(document.RootElement, "keystore"));
    }

    private static Address? ReadAddress(KeyStoreNode root) =>
        root.Find("address") is { } address ? new Address(address.Bytes(Address.Size)) : null;

    private static KeyDerivation ReadDerivation(KeyStoreNode crypto)
    {
        var parameters = crypto.Member("kdfparams");
        var salt = parameters.Member("salt").Bytes();
        var length = parameters.Member("dklen").Number(32, KeyDerivation.MaxLengthBytes);
        var kdf = crypto.Member("kdf");
        if (kdf.Is("scrypt"))
        {
            var n = parameters.Member("n");
            var scrypt = new ScryptDerivation(
                salt,
                length,
                n.Number(2, int.MaxValue),
                parameters.Member("r").Number(1, int.MaxValue),
                parameters.Member("p").Number(1, int.MaxValue));
            return !int.IsPow2(scrypt.N)
                ? throw n.Refuse("is not a power of two")
                : scrypt.IsBounded
                    ? scrypt
                    : throw parameters.Refuse("would take more memory or time than any wallet asks for");
        }

        if (kdf.Is("pbkdf2"))
        {
            return parameters.Member("prf").Is("hmac-sha256")
                ? new Pbkdf2Derivation(salt, length, parameters.Member("c").Number(1, KeyDerivation.MaxPbkdf2Iterations))
                : throw parameters.Member("prf").Refuse("only hmac-sha256 can be read");
        }

        throw kdf.Refuse("only scrypt and pbkdf2 can be read");
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw new FormatException($"keystore: not JSON, line {error.LineNumber + 1}.", error);
        }
    }

    private static string Digits(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}

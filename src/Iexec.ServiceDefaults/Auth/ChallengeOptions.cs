using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Auth;

/// <summary>What a service asks its visitors to sign, and for how long the question stands.</summary>
/// <param name="DomainName">Name of the EIP-712 domain, e.g. <c>iExec Gateway</c>.</param>
/// <param name="Lifetime">How long a challenge can be answered.</param>
/// <param name="NewText">Makes a text that never comes twice.</param>
public sealed record ChallengeOptions(string DomainName, TimeSpan Lifetime, Func<IEntropySource, string> NewText)
{
    /// <summary>32 letters and digits from the entropy source, 190 bits.</summary>
    public static string RandomAlphanumerics(IEntropySource entropy)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        Span<char> text = stackalloc char[32];
        Span<byte> random = stackalloc byte[1];
        for (var i = 0; i < text.Length;)
        {
            entropy.Fill(random);
            // The last 8 values of a byte would favour the first letters.
            if (random[0] < 248)
            {
                text[i++] = Alphabet[random[0] % Alphabet.Length];
            }
        }

        return new string(text);
    }

    /// <summary>32 random bytes in base64.</summary>
    public static string RandomBase64(IEntropySource entropy)
    {
        Span<byte> random = stackalloc byte[32];
        entropy.Fill(random);
        return Convert.ToBase64String(random);
    }
}

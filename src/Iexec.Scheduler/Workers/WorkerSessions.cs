using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Scheduler.Workers;

/// <summary>
/// Logins of workers. Nothing is remembered but one random key, kept in the store: challenges and tokens are computed from it, so they
/// survive a restart, and nobody can fill the memory or push out another's challenge by asking for many.
/// </summary>
internal sealed class WorkerSessions(byte[] key, ulong chainId, Address workerpool, TimeProvider time)
{
    private const int ChallengePeriodSeconds = 300;
    private const int TokenSeconds = 3600;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly string _audience = $"iExec Scheduler {chainId} {workerpool}";

    /// <summary>0x and 64 digits: what a worker signs in the present five minutes, or still in the next.</summary>
    public string Challenge(Address worker) => ChallengeOf(worker, Period(time.GetUtcNow()));

    /// <summary>A token for the worker, or null when the signature is not its own over a current challenge.</summary>
    public string? Login(Address worker, string? sign)
    {
        if (!Hex.TryDecode(sign, out var bytes) || !Signature.TryParse(bytes, out var signature))
        {
            return null;
        }

        var now = time.GetUtcNow();
        foreach (var period in new[] { Period(now), Period(now) - 1 })
        {
            var challenge = ChallengeOf(worker, period);
            if (PublicKey.RecoverAddress(WorkerLogin.Digest(chainId, workerpool, worker, challenge), signature) == worker
                || PublicKey.RecoverAddress(WorkerLogin.LegacyDigest(challenge), signature) == worker)
            {
                return Token(worker, now);
            }
        }

        return null;
    }

    /// <summary>The worker that a token was given to; null when it is not ours, or has expired.</summary>
    public Address? Verify(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || authorization.Length > 1024 || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || authorization[Scheme.Length..].Trim().Split('.') is not [var header, var payload, var mac])
        {
            return null;
        }

        var expected = Encoding.ASCII.GetBytes(Sign($"{header}.{payload}"));
        if (header != Header || !CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(mac)))
        {
            return null;
        }

        // Ours, hence well-formed.
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var isCurrent = claims.RootElement.GetProperty("exp").GetInt64() > time.GetUtcNow().ToUnixTimeSeconds()
            && claims.RootElement.GetProperty("aud").GetString() == _audience;
        return isCurrent ? Address.Parse(claims.RootElement.GetProperty("sub").GetString()!) : null;
    }

    private string Token(Address worker, DateTimeOffset now)
    {
        var issued = now.ToUnixTimeSeconds();
        var claims = Encoding.UTF8.GetBytes($$"""{"aud":"{{_audience}}","sub":"{{worker}}","iat":{{issued}},"exp":{{issued + TokenSeconds}}}""");
        var body = $"{Header}.{Base64Url.EncodeToString(claims)}";
        return $"{body}.{Sign(body)}";
    }

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));

    // Another prefix than a token's, so that one can never stand for the other.
    private string ChallengeOf(Address worker, long period) =>
        Hex.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"challenge {_audience} {worker} {period}")));

    private static long Period(DateTimeOffset now) => now.ToUnixTimeSeconds() / ChallengePeriodSeconds;
}

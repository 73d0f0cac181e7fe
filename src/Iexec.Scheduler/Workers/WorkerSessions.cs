using System.Security.Cryptography;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Wire.Scheduler;
using Iexec.ServiceDefaults.Http;

namespace Iexec.Scheduler.Workers;

/// <summary>
/// Logins of workers. Nothing is remembered but one random key, kept in the store: challenges and tokens are computed from it, so they
/// survive a restart, and nobody can fill the memory or push out another's challenge by asking for many.
/// </summary>
internal sealed class WorkerSessions(byte[] key, ulong chainId, Address workerpool, TimeProvider time)
{
    private const int ChallengePeriodSeconds = 300;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly WalletToken _tokens = new(key, Audience(chainId, workerpool), time);

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
                return _tokens.Issue(worker, TokenLifetime);
            }
        }

        return null;
    }

    /// <summary>The worker that a token was given to; null when it is not ours, or has expired.</summary>
    public Address? Verify(string? authorization) => _tokens.Read(authorization);

    // Another prefix than a token's, so that one can never stand for the other.
    private string ChallengeOf(Address worker, long period) =>
        Hex.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"challenge {Audience(chainId, workerpool)} {worker} {period}")));

    private static string Audience(ulong chainId, Address workerpool) => $"iExec Scheduler {chainId} {workerpool}";

    private static long Period(DateTimeOffset now) => now.ToUnixTimeSeconds() / ChallengePeriodSeconds;
}

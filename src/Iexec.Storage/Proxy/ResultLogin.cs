using Iexec.Ethereum;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Storage;
using Iexec.ServiceDefaults.Auth;
using Iexec.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http;

namespace Iexec.Storage.Proxy;

/// <summary>
/// How the clients of versions 5 to 8 get their token: they sign a challenge and post the proof. A token says who its holder is and nothing else: what he may
/// store is decided from the chain.
/// </summary>
internal sealed class ResultLogin(IHub hub, WalletToken tokens, TimeProvider time, IEntropySource entropy)
{
    private const int LongestProof = 16 * 1024;

    private readonly ulong _chainId = hub.Configuration.ChainId;

    private readonly ChallengeAuthentication _challenges = new(
        new ChallengeOptions(StorageWire.ChallengeDomain, TimeSpan.FromMinutes(5), ChallengeOptions.RandomBase64), new MemoryChallengeStore(), time, entropy);

    /// <summary>The bare document to sign.</summary>
    /// <exception cref="IexecException">Not this chain, or no address.</exception>
    public async Task ChallengeAsync(HttpContext context, string? chainId, string? address)
    {
        RequireChain(chainId);
        if (!Address.TryParse(address ?? "", out var visitor))
        {
            throw new IexecException(ErrorCode.ValidationError, "address is not a valid ethereum address");
        }

        var challenge = await _challenges.IssueAsync(_chainId, visitor, context.RequestAborted);
        await context.Response.WriteJsonAsync(writer => challenge.WriteJson(writer, chainIdAsText: false));
    }

    /// <summary>The proof as the body's text against a token as text.</summary>
    /// <exception cref="HttpErrorException">401: the proof is not good.</exception>
    public async Task<IResult> LoginAsync(HttpContext context, string? chainId)
    {
        RequireChain(chainId);
        using var reader = new StreamReader(context.Request.Body);
        var buffer = new char[LongestProof];
        var length = await reader.ReadBlockAsync(buffer, context.RequestAborted);
        // The official client writes the text as a JSON string.
        var proof = new string(buffer, 0, length).Trim().Trim('"');
        return await _challenges.AuthenticateAsync(_chainId, proof, hub, context.RequestAborted) is { } wallet
            ? Results.Text(tokens.Issue(wallet, lifetime: null))
            : throw new HttpErrorException(StatusCodes.Status401Unauthorized, "The challenge is not signed by the address, or it is no longer good",
                "Ask for a new challenge.");
    }

    /// <summary>Refuses a request that is about another chain; the older routes name theirs.</summary>
    public void RequireChain(string? chainId)
    {
        if (chainId is not null && !(UInt256.TryParse(chainId, out var id) && id == _chainId))
        {
            throw new IexecException(ErrorCode.ValidationError, $"chainId {(chainId.Length <= 78 ? chainId : chainId[..78])} is not supported");
        }
    }
}

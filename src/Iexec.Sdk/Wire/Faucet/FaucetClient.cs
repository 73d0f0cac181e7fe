using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Wire.Faucet;

/// <summary>What a faucet gives.</summary>
internal enum FaucetCoin
{
    /// <summary>The chain's coin, for gas.</summary>
    Ether,

    /// <summary>RLC.</summary>
    Rlc,
}

/// <summary>
/// The faucet of a development network, at the origin of its node: <c>GET /getETH?address=</c> and <c>GET /getRLC?address=</c>, which answer
/// <c>{"ok":…,"message":"…"}</c>.
/// </summary>
internal sealed class FaucetClient(ServiceHttp http, ChainSettings chain)
{
    private const int LargestAnswerBytes = 16 * 1024;

    /// <summary>The faucet, as a list of answers names it.</summary>
    public string Name => chain.RequireHost().Authority;

    /// <summary>Asks for a gift; gives the faucet's words.</summary>
    /// <exception cref="IexecException">ConfigurationError: the network has no faucet; Error: it refused.</exception>
    public async Task<string> AskAsync(FaucetCoin coin, Address account, CancellationToken cancellationToken)
    {
        if (KnownChains.Find(chain.Id) is not null)
        {
            throw NoFaucet(coin, null);
        }

        var path = $"/{(coin == FaucetCoin.Ether ? "getETH" : "getRLC")}?address={account}";
        try
        {
            using var client = http.At(chain.RequireHost());
            client.MaxResponseContentBufferSize = LargestAnswerBytes;
            using var response = await client.GetAsync(path, cancellationToken).ConfigureAwait(false);
            var answer = JsonNode.Parse(await response.Content.ReadTextAsync(cancellationToken).ConfigureAwait(false)) as JsonObject;
            var message = answer?["message"] is JsonValue text && text.TryGetValue<string>(out var words) ? words : null;
            return answer?["ok"] is JsonValue ok && ok.TryGetValue<bool>(out var given) && given && response.IsSuccessStatusCode
                ? message ?? "done"
                : throw (message is null ? NoFaucet(coin, null) : new IexecException(ErrorCode.Error, $"The faucet refuses: {message}"));
        }
        catch (Exception nothing) when (nothing is JsonException or ArgumentException || AnswerText.IsNone(nothing, cancellationToken))
        {
            throw NoFaucet(coin, nothing);
        }
    }

    private IexecException NoFaucet(FaucetCoin coin, Exception? inner) => new(
        ErrorCode.ConfigurationError,
        string.Create(CultureInfo.InvariantCulture, $"Network \"{chain.Name}\" ({chain.Id}) has no faucet"),
        coin == FaucetCoin.Ether
            ? new Advice("Gas comes from an exchange, or on a test network from one of its public faucets.", Remedy.FindFaucet)
            : new Advice("RLC comes from an exchange or a bridge; on a test network ask whoever runs its hub.", Remedy.FindFaucet),
        inner);
}

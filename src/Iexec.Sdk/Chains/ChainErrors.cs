using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Chain;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Chains;

/// <summary>What the node or the hub refused, in the words of the client.</summary>
internal static class ChainErrors
{
    /// <summary>Runs a read.</summary>
    public static Task<T> ReadingAsync<T>(this ChainSettings chain, Func<Task<T>> read) => GuardAsync(chain, read, ErrorCode.Web3ProviderCallError);

    /// <summary>Runs a write.</summary>
    public static Task<T> SendingAsync<T>(this ChainSettings chain, Func<Task<T>> send) => GuardAsync(chain, send, ErrorCode.Web3ProviderSendError);

    private static async Task<T> GuardAsync<T>(ChainSettings chain, Func<Task<T>> action, ErrorCode code)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (NodeUnreachableException unreachable)
        {
            throw new IexecException(
                ErrorCode.Web3ProviderError,
                unreachable.Message,
                new Advice($"Check that the node of \"{chain.Name}\" runs and that its \"host\" is right.", Remedy.StartNode, chain.Name),
                unreachable);
        }
        catch (HubNotFoundException missing)
        {
            throw new IexecException(
                ErrorCode.ConfigurationError, missing.Message, $"Check \"hub\" and \"host\" of \"{chain.Name}\" in chain.json: the node may be of another network, or fresh.", missing);
        }
        catch (RevertException revert)
        {
            var silent = revert.Reason.Message.Length == 0 ? "The contract gives no reason: it may take no money, or not know what is asked of it." : null;
            throw new IexecException(code, revert.Message, silent, revert);
        }
        catch (JsonRpcException refused)
        {
            throw new IexecException(code, refused.Message, HintFor(refused.Message), refused);
        }
        catch (Exception foreign) when (foreign is AbiException or OverflowException)
        {
            throw new IexecException(code, $"The contract answered with data that is not what was expected: {foreign.Message}", "Check \"hub\" in chain.json.", foreign);
        }
    }

    private static Advice HintFor(string message) =>
        message.Contains("insufficient funds", StringComparison.OrdinalIgnoreCase) ? new Advice("The wallet has not enough ether for the gas.", Remedy.ShowWallet) : default;
}

using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Chains;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>Opens the network with what is remembered of its hub, which saves a round trip.</summary>
    public Task<ChainConnection> ConnectQuicklyAsync() => ChainConnection.OpenAsync(Chain(), Http, Cancellation, new HubCache(StateFolder));

    /// <summary>The wallet, if it opens without asking anybody; else null.</summary>
    public async Task<PrivateKey?> UnlockSilentlyAsync()
    {
        if (_key is null && SelectWallet().IsEncrypted)
        {
            var password = await GivenPasswordAsync();
            return password is null ? null : _key = SelectWallet().Unlock(password);
        }

        return await UnlockAsync();
    }

    private string StateFolder => Environment.Variable("IEXEC_HOME") is { Length: > 0 } named ? named : Path.Combine(Environment.HomeFolder, ".iexec");
}

using Iexec.Ethereum.Crypto;
using Iexec.Poco;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Orders;

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

    /// <summary>Where the networks of this machine keep their state.</summary>
    public string StateFolder => Environment.Variable("IEXEC_HOME") is { Length: > 0 } named ? named : Path.Combine(Environment.HomeFolder, ".iexec");

    /// <summary>Tries a purchase again, and says so, without the offers that the chain says are used up.</summary>
    public Task<T> WhatIsLeftAsync<T>(Func<IReadOnlySet<OrderHash>, Task<T>> attempt) =>
        StillOffered.TryAsync(attempt, () => Note("An offer of the book is used up already; taking the next one"));
}

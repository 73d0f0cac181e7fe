using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Testing;
using Iexec.Testing.Contracts;
using Iexec.Testing.Official;

namespace Tests.Conformance.OfficialContracts;

/// <summary>A node that has the official contracts and nothing else; it mines at once.</summary>
internal sealed class OfficialNode : IAsyncDisposable
{
    /// <summary>Of every chain that this starts.</summary>
    public const ulong ChainId = 65535;

    private readonly AnvilProcess _node;

    private OfficialNode(AnvilProcess node, Address hub) => (_node, Hub) = (node, hub);

    /// <summary>Owns the contracts and all of the RLC.</summary>
    public static PrivateKey Owner { get; } = AnvilProcess.Keys[0];

    public Address Hub { get; }

    public Uri Url => _node.Url;

    public static async Task<OfficialNode> StartAsync()
    {
        var node = await AnvilProcess.StartAsync(BlockSender.FreeOfCharge());
        try
        {
            var hub = (await new OfficialDeployer(new BlockSender(node), node, Owner).DeployAsync()).Hub;
            await node.RpcAsync("evm_setAutomine", "[true]");
            return new OfficialNode(node, hub);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets time pass.</summary>
    public Task PassAsync(TimeSpan time) => _node.AdvanceTimeAsync(time);

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}

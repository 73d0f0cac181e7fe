using Iexec.Ethereum;
using Iexec.Ethereum.Eip712;

namespace Iexec.Poco.Chain;

/// <summary>What never changes about a hub. Read once; callback gas in gas units.</summary>
public sealed record HubConfiguration(
    ulong ChainId, Address Hub, Address Token, Address AppRegistry, Address DatasetRegistry, Address WorkerpoolRegistry, Eip712Domain Domain);

/// <summary>A block that was seen: enough to notice that the chain no longer has it.</summary>
public readonly record struct BlockRef(ulong Number, Bytes32 Hash);

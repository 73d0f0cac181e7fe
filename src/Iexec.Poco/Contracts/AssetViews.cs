using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Iexec.Poco.Contracts;

/// <summary>Views of registries, of the token, and of group contracts. What the three registries share is read with the binding of one.</summary>
internal static class AssetViews
{
    // ERC-734, which is not ours, hence without binding; 4 is the purpose that marks the members of a group.
    private static readonly AbiSignature KeyHasPurpose = new("keyHasPurpose(bytes32,uint256)");
    private const int GroupMemberPurpose = 4;

    public static ContractView<bool> IsRegistered(Address registry, Address asset) =>
        new(registry, AppRegistryContract.EncodeIsRegistered(asset), data => AppRegistryContract.DecodeIsRegistered(data));

    /// <summary>Of the token in nRLC, of a registry in assets.</summary>
    public static ContractView<UInt256> BalanceOf(Address contract, Address owner) =>
        new(contract, RlcContract.EncodeBalanceOf(owner), data => RlcContract.DecodeBalanceOf(data));

    public static ContractView<Address> AssetByIndex(Address registry, Address owner, ulong index) => new(
        registry,
        AppRegistryContract.EncodeTokenOfOwnerByIndex(owner, index),
        data => HubEventDecoder.AssetOf(AppRegistryContract.DecodeTokenOfOwnerByIndex(data)));

    public static ContractView<Address> Owner(Address entry) => new(entry, AppContract.EncodeOwner(), data => AppContract.DecodeOwner(data));

    public static ContractView<bool> IsGroupMember(Address group, Address account) => new(
        group,
        new AbiWriter().Uint(UInt256.FromBigEndian(account.AsSpan())).Uint(GroupMemberPurpose).ToCallData(KeyHasPurpose.Selector),
        data => new AbiReader(data).Bool());
}

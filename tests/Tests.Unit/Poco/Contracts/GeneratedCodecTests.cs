using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.JsonRpc;
using Iexec.Poco.Contracts;
using Xunit;

namespace Tests.Unit.Poco.Contracts;

public sealed class GeneratedCodecTests
{
    private static readonly Address Owner = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly Bytes32 Id = Bytes32.Parse(new string('7', 64));

    [Fact]
    public void Selectors_are_those_of_the_signatures()
    {
        Assert.Equal([0xad, 0xcc, 0xf0, 0xd5], HubContract.ViewTaskSelector.ToArray());
        Assert.Equal([0x15, 0x61, 0x94, 0xd4], HubContract.MatchOrdersSelector.ToArray());
        Assert.Equal([0xad, 0xcc, 0xf0, 0xd5, .. Id.ToArray()], HubContract.EncodeViewTask(Id));
    }

    [Fact]
    public void Result_with_nested_structs_is_read()
    {
        var data = new AbiWriter().DynamicTuple(deal =>
        {
            for (var i = 1; i <= 3; i++)
            {
                deal.StaticTuple(resource => resource.Address(Owner).Address(default).Uint(i));
            }

            deal.Uint(4).Uint(5).Bytes32(Id).Address(Owner).Address(Owner).Address(default).String("{\"iexec_args\":\"é\"}");
            deal.Uint(6).Uint(7).Uint(8).Uint(9).Uint(10).Address(Owner);
        }).ToArray();
        var read = HubContract.DecodeViewDeal(data);
        Assert.Equal(new HubStructs.Resource(Owner, default, 3), read.Workerpool);
        Assert.Equal("{\"iexec_args\":\"é\"}", read.Params);
        Assert.Equal((4, 10, Owner), (read.Trust, read.SchedulerRewardRatio, read.Sponsor));
    }

    [Fact]
    public void Result_with_a_list_and_bytes_is_read()
    {
        var data = new AbiWriter().DynamicTuple(task => task
            .Uint(3).Bytes32(Id).Uint(0).Uint(300).Uint(1).Uint(2).Uint(3).Bytes32(Id).Uint(1).Uint(1)
            .StaticArray([Owner, Address.Zero], (w, worker) => w.Address(worker))
            .Bytes32(Id).Bytes([1, 2]).Uint(0).Bytes([])).ToArray();
        var task = HubContract.DecodeViewTask(data);
        Assert.Equal(3, task.Status);
        Assert.Equal([Owner, Address.Zero], task.Contributors);
        Assert.Equal([1, 2], task.Results);
    }

    [Fact]
    public void Results_without_names_are_a_tuple() =>
        Assert.Equal((1, 2), HubContract.DecodeViewAccountABILegacy(AbiOf(1, 2)));

    [Fact]
    public void Truncated_result_is_an_error() => Assert.Throws<AbiException>(() => HubContract.DecodeViewTask(AbiOf(32, 1)));

    [Fact]
    public void Overloads_are_told_apart()
    {
        Assert.Equal([0x42, 0x84, 0x2e, 0x0e], AppRegistryContract.EncodeSafeTransferFrom(Owner, Owner, 1)[..4]);
        Assert.Equal([0xb8, 0x8d, 0x4f, 0xde], AppRegistryContract.EncodeSafeTransferFromWithData(Owner, Owner, 1, [])[..4]);
    }

    [Fact]
    public void Event_is_read_from_topics_and_data()
    {
        var log = Log([HubContract.TaskContribute.Topic, Id, Word(Owner)], Id.ToArray());
        Assert.True(HubContract.TaskContribute.TryDecode(log, out var value));
        Assert.Equal(new HubContract.TaskContribute(Id, Owner, Id), value);
    }

    [Fact]
    public void Events_that_share_a_topic_differ_by_what_is_indexed()
    {
        Assert.Equal(HubContract.Transfer.Topic, AppRegistryContract.Transfer.Topic);
        var token = Log([HubContract.Transfer.Topic, Word(default), Word(Owner)], AbiOf(5));
        var asset = Log([HubContract.Transfer.Topic, Word(default), Word(Owner), ((UInt256)5).ToBytes32()], []);
        Assert.True(HubContract.Transfer.TryDecode(token, out var transfer) && transfer.Value == 5);
        Assert.True(AppRegistryContract.Transfer.TryDecode(asset, out var created) && created.TokenId == 5);
        Assert.False(HubContract.Transfer.TryDecode(asset, out _));
        Assert.False(AppRegistryContract.Transfer.TryDecode(token, out _));
    }

    [Fact]
    public void Malformed_event_is_not_read()
    {
        Assert.False(HubContract.TaskContribute.TryDecode(Log([HubContract.TaskContribute.Topic, Id, Word(Owner)], []), out _));
        Assert.False(HubContract.TaskContribute.TryDecode(Log([HubContract.TaskContribute.Topic, Id, Id], Id.ToArray()), out _));
        Assert.False(HubContract.TaskContribute.TryDecode(Log([], []), out _));
        Assert.False(HubContract.TaskContribute.TryDecode(Log([Id, Id, Word(Owner)], Id.ToArray()), out _));
    }

    [Fact]
    public void Creation_code_is_carried_by_the_assembly()
    {
        Assert.True(HubContract.Bytecode.Length > 1000);
        Assert.Equal([.. RlcContract.Bytecode, .. Word(Owner).ToArray()], RlcContract.EncodeDeployment(Owner));
    }

    [Fact]
    public void Every_contracts_errors_are_known_to_the_decoder() =>
        Assert.Equal(
            "IncompatibleDatasetOrder(\"Tag\")",
            new RevertDecoder(ContractErrors.All)
                .Decode(new AbiWriter().String("Tag").ToCallData(new AbiSignature("IncompatibleDatasetOrder(string)").Selector)).Message);

    private static byte[] AbiOf(params UInt256[] words) => [.. words.SelectMany(word => word.ToBytes32().ToArray())];

    private static Bytes32 Word(Address address) => new(new AbiWriter().Address(address).ToArray());

    private static EventLog Log(Bytes32[] topics, byte[] data) => new(Owner, topics, data, 1, Id, Id, 0);
}

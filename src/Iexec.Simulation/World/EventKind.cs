using Iexec.Ethereum;
using Iexec.Ethereum.Abi;

namespace Iexec.Simulation.World;

/// <summary>An event by its canonical signature: indexed arguments become topics, the others data.</summary>
internal sealed class EventKind(string signature)
{
    private readonly Bytes32 _topic = new AbiSignature(signature).Topic;

    /// <summary>The event with its indexed arguments, as words, and what is not indexed.</summary>
    public SimulatedLog Of(Address emitter, ReadOnlySpan<Bytes32> indexed, Func<AbiWriter, AbiWriter>? data = null) =>
        new(emitter, [_topic, .. indexed], data is null ? [] : data(new AbiWriter()).ToArray());

    /// <summary>An address as the word that a topic is.</summary>
    public static Bytes32 Word(Address address) => UInt256.FromBigEndian(address.AsSpan()).ToBytes32();
}

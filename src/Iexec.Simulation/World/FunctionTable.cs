using System.Buffers.Binary;
using Iexec.Ethereum.Abi;

namespace Iexec.Simulation.World;

/// <summary>What a contract does when one of its functions is called: reads its arguments, acts, writes its results.</summary>
internal delegate void Function(Execution execution, Message message, AbiReader arguments, AbiWriter results);

/// <summary>The functions of a contract by selector, written down by their canonical signatures.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<uint, Function> _functions = [];

    /// <summary>Adds a function.</summary>
    public Function this[string signature]
    {
        set => _functions.Add(BinaryPrimitives.ReadUInt32BigEndian(new AbiSignature(signature).Selector), value);
    }

    /// <summary>Takes over the functions of another table.</summary>
    public FunctionTable With(FunctionTable other)
    {
        foreach (var (selector, function) in other._functions)
        {
            _functions.Add(selector, function);
        }

        return this;
    }

    /// <summary>Selectors of all functions.</summary>
    public IReadOnlyCollection<uint> Selectors => _functions.Keys;

    /// <summary>Runs the function that the data asks for; without such a function, <paramref name="otherwise"/> decides.</summary>
    public byte[] Run(Execution execution, Message message, Func<Refusal> otherwise)
    {
        var data = message.Data;
        if (data.Length < 4 || !_functions.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(data.Span), out var function))
        {
            throw otherwise();
        }

        // No function of the modelled contracts takes ether.
        Refusal.Unless(message.ValueWei.IsZero);
        var results = new AbiWriter();
        function(execution, message, new AbiReader(data[4..]), results);
        return results.ToArray();
    }
}

using System.Buffers.Binary;
using Iexec.Ethereum.Abi;

namespace Iexec.Simulation.World;

/// <summary>What a contract does when one of its functions is called: reads its arguments, acts, writes its results.</summary>
internal delegate void Function(Execution execution, Message message, AbiReader arguments, AbiWriter results);

/// <summary>The functions of a contract by selector, written down by their canonical signatures.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<uint, Function> _functions = [];
    private readonly HashSet<uint> _payable = [];

    /// <summary>Adds a function.</summary>
    public Function this[string signature]
    {
        set => _functions.Add(SelectorOf(signature), value);
    }

    /// <summary>Says that a function takes coins.</summary>
    public FunctionTable Payable(string signature)
    {
        _payable.Add(SelectorOf(signature));
        return this;
    }

    /// <summary>Takes over the functions of another table.</summary>
    public FunctionTable With(FunctionTable other)
    {
        foreach (var (selector, function) in other._functions)
        {
            _functions.Add(selector, function);
        }

        _payable.UnionWith(other._payable);
        return this;
    }

    /// <summary>Selectors of all functions.</summary>
    public IReadOnlyCollection<uint> Selectors => _functions.Keys;

    /// <summary>Runs the function that the data asks for; without such a function, refuses with <paramref name="otherwise"/>.</summary>
    public byte[] Run(Execution execution, Message message, Func<Refusal> otherwise) => RunOr(execution, message, () => throw otherwise());

    /// <summary>Runs the function that the data asks for; without such a function, <paramref name="otherwise"/>.</summary>
    public byte[] RunOr(Execution execution, Message message, Func<byte[]> otherwise)
    {
        var data = message.Data;
        if (data.Length < 4)
        {
            return otherwise();
        }

        var selector = BinaryPrimitives.ReadUInt32BigEndian(data.Span);
        if (!_functions.TryGetValue(selector, out var function))
        {
            return otherwise();
        }

        Refusal.Unless(message.ValueWei.IsZero || _payable.Contains(selector));
        var results = new AbiWriter();
        function(execution, message, new AbiReader(data[4..]), results);
        return results.ToArray();
    }

    private static uint SelectorOf(string signature) => BinaryPrimitives.ReadUInt32BigEndian(new AbiSignature(signature).Selector);
}

using Iexec.Ethereum.Abi;

namespace Iexec.Simulation.World;

/// <summary>
/// A revert on its way out of a call. It never leaves the simulation: transactions and calls answer with an <see cref="Outcome"/>. As an
/// exception it keeps the rules in the shape in which the contracts have them, one condition per line.
/// </summary>
public sealed class Refusal(byte[] data) : Exception("The call reverts.")
{
    private static readonly AbiSignature ErrorString = new("Error(string)");
    private static readonly AbiSignature PanicCode = new("Panic(uint256)");

    /// <summary>The revert data.</summary>
    public byte[] RevertData { get; } = data;

    /// <summary>A revert without data.</summary>
    public static Refusal Empty => new([]);

    /// <summary>A revert with a text, <c>Error(string)</c>.</summary>
    public static Refusal Text(string text) => new(new AbiWriter().String(text).ToCallData(ErrorString.Selector));

    /// <summary>What the compiler reverts with, <c>Panic(uint256)</c>: 0x11 for an overflow, 0x12 for a division by zero.</summary>
    public static Refusal Panic(int code) => new(new AbiWriter().Uint(code).ToCallData(PanicCode.Selector));

    /// <summary>A custom error, by its canonical signature.</summary>
    public static Refusal Custom(string signature, Func<AbiWriter, AbiWriter> arguments) =>
        new(arguments(new AbiWriter()).ToCallData(new AbiSignature(signature).Selector));

    /// <summary>Reverts without data unless the condition holds.</summary>
    /// <exception cref="Refusal">It does not.</exception>
    public static void Unless(bool condition)
    {
        if (!condition)
        {
            throw Empty;
        }
    }

    /// <summary>Reverts with a text unless the condition holds.</summary>
    /// <exception cref="Refusal">It does not.</exception>
    public static void Unless(bool condition, string text)
    {
        if (!condition)
        {
            throw Text(text);
        }
    }
}

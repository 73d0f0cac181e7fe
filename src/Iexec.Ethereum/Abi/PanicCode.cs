namespace Iexec.Ethereum.Abi;

/// <summary>Meaning of the codes of <c>Panic(uint256)</c>. Source: Solidity documentation, "Panic via assert and Error via require".</summary>
internal static class PanicCode
{
    public static string Describe(UInt256 code)
    {
        var meaning = code > 0xff ? null : (int)code switch
        {
            0x00 => "generic compiler panic",
            0x01 => "assertion failed",
            0x11 => "arithmetic overflow or underflow",
            0x12 => "division or modulo by zero",
            0x21 => "conversion to an enum that has no such value",
            0x22 => "storage byte array badly encoded",
            0x31 => "pop on an empty array",
            0x32 => "index outside an array",
            0x41 => "too much memory allocated",
            0x51 => "call of an uninitialized function pointer",
            _ => null,
        };
        return $"panic {code.ToQuantity()}: {meaning ?? "unknown code"}";
    }
}

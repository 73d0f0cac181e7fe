namespace Iexec.Ethereum.JsonRpc;

/// <summary>Conditions of nodes that callers react to.</summary>
public enum NodeErrorKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>Execution reverted.</summary>
    Reverted,

    /// <summary>The code ended without an answer: all gas was used, or it met an instruction that is none.</summary>
    Halted,

    /// <summary>The node has this very transaction already.</summary>
    AlreadyKnown,

    /// <summary>The nonce was used by a mined transaction.</summary>
    NonceTooLow,

    /// <summary>The nonce leaves a gap that the node does not accept.</summary>
    NonceTooHigh,

    /// <summary>Another pending transaction has the nonce, and the fees are not enough above its fees.</summary>
    ReplacementUnderpriced,

    /// <summary>The fees are below what the node or the block demands.</summary>
    FeeTooLow,

    /// <summary>The sender cannot pay value and gas.</summary>
    InsufficientFunds,

    /// <summary>The gas limit is below the intrinsic cost or above the block's limit.</summary>
    GasLimit,

    /// <summary>The node does not have the method.</summary>
    MethodNotFound,

    /// <summary>The request was not understood.</summary>
    InvalidRequest,

    /// <summary>Too many requests, or an answer above the node's limits: ask for less.</summary>
    LimitExceeded,
}

/// <summary>Reads the words of the common nodes: JSON-RPC has no codes for these conditions, so the texts are all there is.</summary>
internal static class NodeErrors
{
    // The first fragment that occurs decides, so the narrower ones come first.
    private static readonly (string Fragment, NodeErrorKind Kind)[] Fragments =
    [
        ("revert", NodeErrorKind.Reverted),
        ("evm error", NodeErrorKind.Halted),
        ("invalid opcode", NodeErrorKind.Halted),
        ("invalid jump", NodeErrorKind.Halted),
        ("bad instruction", NodeErrorKind.Halted),
        ("badinstruction", NodeErrorKind.Halted),
        ("bad jump", NodeErrorKind.Halted),
        ("stack underflow", NodeErrorKind.Halted),
        ("stack overflow", NodeErrorKind.Halted),
        ("stack limit reached", NodeErrorKind.Halted),
        ("outofgas", NodeErrorKind.Halted),
        ("already known", NodeErrorKind.AlreadyKnown),
        ("already imported", NodeErrorKind.AlreadyKnown),
        ("alreadyknown", NodeErrorKind.AlreadyKnown),
        ("replacement transaction underpriced", NodeErrorKind.ReplacementUnderpriced),
        ("replacementnotallowed", NodeErrorKind.ReplacementUnderpriced),
        ("gas price too low to replace", NodeErrorKind.ReplacementUnderpriced),
        ("nonce too low", NodeErrorKind.NonceTooLow),
        ("nonce is too low", NodeErrorKind.NonceTooLow),
        ("oldnonce", NodeErrorKind.NonceTooLow),
        ("nonce too high", NodeErrorKind.NonceTooHigh),
        ("nonce gap", NodeErrorKind.NonceTooHigh),
        ("insufficient funds", NodeErrorKind.InsufficientFunds),
        ("insufficientfunds", NodeErrorKind.InsufficientFunds),
        ("insufficient balance", NodeErrorKind.InsufficientFunds),
        ("intrinsic gas too low", NodeErrorKind.GasLimit),
        ("exceeds block gas limit", NodeErrorKind.GasLimit),
        ("gas required exceeds", NodeErrorKind.GasLimit),
        ("out of gas", NodeErrorKind.GasLimit),
        ("underpriced", NodeErrorKind.FeeTooLow),
        ("max fee per gas less than block base fee", NodeErrorKind.FeeTooLow),
        ("gas price below", NodeErrorKind.FeeTooLow),
        ("feetoolow", NodeErrorKind.FeeTooLow),
        ("rate limit", NodeErrorKind.LimitExceeded),
        ("too many requests", NodeErrorKind.LimitExceeded),
        ("batch too large", NodeErrorKind.LimitExceeded),
        ("response too large", NodeErrorKind.LimitExceeded),
        ("query returned more than", NodeErrorKind.LimitExceeded),
        ("block range", NodeErrorKind.LimitExceeded),
    ];

    public static NodeErrorKind Classify(int code, string message)
    {
        foreach (var (fragment, kind) in Fragments)
        {
            if (message.Contains(fragment, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return code switch
        {
            3 => NodeErrorKind.Reverted,
            -32600 or -32602 or -32700 => NodeErrorKind.InvalidRequest,
            -32601 => NodeErrorKind.MethodNotFound,
            -32005 or 429 => NodeErrorKind.LimitExceeded,
            _ => NodeErrorKind.Other,
        };
    }
}

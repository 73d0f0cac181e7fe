namespace Iexec.Cli.Frame;

/// <summary>Which of the options that many commands share a command takes; <c>--raw</c> and <c>--quiet</c> are everywhere.</summary>
[Flags]
public enum OptionBlocks
{
    /// <summary>Only <c>--raw</c> and <c>--quiet</c>.</summary>
    None = 0,

    /// <summary><c>--chain</c>.</summary>
    Chain = 1,

    /// <summary>Choice of a wallet and its password.</summary>
    Wallet = 2,

    /// <summary>Making a wallet.</summary>
    WalletCreation = 4,

    /// <summary><c>--confirms</c> and <c>--gas-price</c>: of what sends transactions.</summary>
    Confirms = 8,

    /// <summary><c>--force</c>.</summary>
    Force = 16,

    /// <summary><c>--dry-run</c>.</summary>
    DryRun = 32,

    /// <summary>The password of a wallet in the project folder.</summary>
    WalletFile = 64,
}

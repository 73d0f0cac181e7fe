using System.CommandLine;

namespace Iexec.Cli.Frame;

/// <summary>The options that many commands share. One instance serves the whole tree of one run.</summary>
internal sealed class SharedOptions
{
    public Option<bool> Raw { get; } = new("--raw") { Description = "print one line of JSON" };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "no progress messages" };

    public Option<string?> Chain { get; } = new("--chain") { Description = "network: a name in chain.json, or a chain id", HelpName = "name|id" };

    public Option<ulong> Confirms { get; } = new("--confirms") { Description = "blocks to wait for, 1 = mined", HelpName = "blocks", DefaultValueFactory = _ => 1 };

    public Option<string?> GasPrice { get; } = new("--gas-price")
    {
        Description = "what each unit of gas is paid, in wei or with a unit: 2 gwei; the node suggests it if not given", HelpName = "amount unit",
    };

    public Option<bool> Force { get; } = new("--force") { Description = "do not ask for confirmation" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "show what would be sent and its gas; send nothing, ask for no password" };

    public Option<string?> Password { get; } = new("--password") { Description = "wallet password (visible to other users of this machine: prefer --password-file)", HelpName = "password" };

    public Option<string?> PasswordFile { get; } = new("--password-file") { Description = "file with the password in its first line, - for standard input; or set IEXEC_WALLET_PASSWORD", HelpName = "file" };

    public Option<string?> WalletFile { get; } = new("--wallet-file") { Description = "name of the wallet file in the keystore", HelpName = "name" };

    public Option<string?> WalletAddress { get; } = new("--wallet-address") { Description = "address of the wallet to use", HelpName = "address" };

    public Option<string?> KeystoreDir { get; } = new("--keystoredir") { Description = "keystore: global, local or a path", HelpName = "global|local|path" };

    public Option<bool> Unencrypted { get; } = new("--unencrypted") { Description = "write ./wallet.json without encryption (unsafe)" };

    public void AddTo(Command command, OptionBlocks blocks)
    {
        void Add(OptionBlocks block, params ReadOnlySpan<Option> options)
        {
            if ((blocks & block) != 0)
            {
                foreach (var option in options)
                {
                    command.Add(option);
                }
            }
        }

        Add(OptionBlocks.Chain, Chain);
        Add(OptionBlocks.Wallet | OptionBlocks.WalletCreation | OptionBlocks.WalletFile, Password, PasswordFile, KeystoreDir);
        Add(OptionBlocks.Wallet, WalletFile, WalletAddress);
        Add(OptionBlocks.WalletCreation, Unencrypted);
        Add(OptionBlocks.Confirms, Confirms, GasPrice);
        Add(OptionBlocks.Force, Force);
        Add(OptionBlocks.DryRun, DryRun);
        command.Add(Raw);
        command.Add(Quiet);
    }
}

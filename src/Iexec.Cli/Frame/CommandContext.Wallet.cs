using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wallets;

namespace Iexec.Cli.Frame;

internal sealed partial class CommandContext
{
    /// <summary>Holds the password where arguments would show it to every user of the machine.</summary>
    public const string PasswordVariable = "IEXEC_WALLET_PASSWORD";

    private PrivateKey? _key;

    /// <summary>Write <c>./wallet.json</c> in clear.</summary>
    public bool Unencrypted => _parsed.GetValue(_options.Unencrypted);

    /// <summary>The keystore and the project's wallet.</summary>
    public WalletStore Wallets => new(
        Project, KeystoreFolder.At(_parsed.GetValue(_options.KeystoreDir), Project.Path, Environment.HomeFolder), Time, Entropy);

    /// <summary>The wallet that the options name, or the default one.</summary>
    public WalletFile SelectWallet() => Wallets.Select(_parsed.GetValue(_options.WalletFile), _parsed.GetValue(_options.WalletAddress));

    /// <summary>The wallet's address, without its password; null when there is no wallet and none was named.</summary>
    public Address? FindWalletAddress() =>
        Has(_options.WalletFile) || Has(_options.WalletAddress) ? SelectWallet().Address : Wallets.Find()?.Address;

    /// <summary>Opens the wallet, asking for the password if nothing gives it. The key lives as long as the context.</summary>
    public async Task<PrivateKey> UnlockAsync()
    {
        if (_key is null)
        {
            var wallet = SelectWallet();
            _key = wallet.Unlock(wallet.IsEncrypted ? await PasswordAsync(wallet) : null);
        }

        return _key;
    }

    /// <summary>The password of an encrypted wallet: given, or asked for.</summary>
    public async Task<string> PasswordAsync(WalletFile wallet) => await GivenPasswordAsync() ?? await AskPasswordAsync($"Password of wallet {wallet.Address}: ");

    /// <summary>A password for a new wallet: given, or asked for twice.</summary>
    public async Task<string> NewPasswordAsync()
    {
        if (await GivenPasswordAsync() is { } given)
        {
            return given;
        }

        var first = await AskPasswordAsync("Choose a password: ");
        return await AskPasswordAsync("Repeat the password: ") == first
            ? first
            : throw new IexecException(ErrorCode.ValidationError, "The two passwords differ; no wallet was made.");
    }

    /// <summary><c>--password</c>, <c>--password-file</c>, then the environment; null when none is there.</summary>
    private async Task<string?> GivenPasswordAsync()
    {
        if (_parsed.GetValue(_options.Password) is { } written)
        {
            return written;
        }

        if (_parsed.GetValue(_options.PasswordFile) is not { } file)
        {
            return Environment.Variable(PasswordVariable);
        }

        if (file == "-")
        {
            return await ReadPasswordInputAsync();
        }

        try
        {
            using var reader = new StreamReader(Path.GetFullPath(file, Project.Path));
            return await reader.ReadLineAsync(Cancellation) ?? "";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IexecException(ErrorCode.ConfigurationError, "The password file cannot be read", "Check --password-file.", refused);
        }
    }

    private Task<string> AskPasswordAsync(string question) => Environment.IsInputTerminal
        ? Environment.ReadSecret(question, Cancellation)
        : throw new IexecException(
            ErrorCode.Web3ProviderSignMessageError,
            "A wallet password is needed and there is no terminal to ask for it",
            $"Use --password-file <file> (- for standard input), {PasswordVariable}, or --password.");
}

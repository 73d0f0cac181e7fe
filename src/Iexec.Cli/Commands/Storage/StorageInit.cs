using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Secrets;

namespace Iexec.Cli.Commands.Storage;

/// <summary>Gives the secret service the token for a storage. The default one, IPFS, needs none: workers upload with their pool's authorization.</summary>
internal static class StorageInit
{
    public static Argument<string?> Provider()
    {
        var provider = new Argument<string?>("provider") { Description = "ipfs (default) or dropbox", Arity = ArgumentArity.ZeroOrOne };
        provider.CompletionSources.Add("dropbox", "ipfs");
        return provider;
    }

    public static Command Create(CommandFrame frame)
    {
        var provider = Provider();
        var token = new SecretInput("--token", "IEXEC_STORAGE_TOKEN", "storage token");
        var force = new Option<bool>("--force-update") { Description = "replace a token that is there" };
        var command = new Command("init", "prepare the storage for your results") { provider, force };
        token.AddTo(command);
        return frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain, async context =>
        {
            var name = context.Get(provider) ?? "ipfs";
            var chain = context.Chain();
            if (WalletSecretNames.StorageToken(name) is not { } secretName)
            {
                if (token.IsGiven(context))
                {
                    throw new IexecException(ErrorCode.ValidationError, $"Storage provider \"{name}\" does not support authentication tokens", "Leave --token out: workers upload with their pool's authorization.");
                }

                context.Succeed(new JsonObject { ["isInitialized"] = true, ["isUpdated"] = false }, $"Storage \"{name}\" is ready, it needs no token");
                return;
            }

            var value = await token.ReadAsync(context);
            var outcome = await new SecretWriter(context.Sms(chain), await context.UnlockAsync(), context.Cancellation).SetAsync(secretName, value, context.Get(force));
            context.Succeed(new JsonObject { ["isInitialized"] = outcome.IsPushed, ["isUpdated"] = outcome.IsUpdated }, $"\"{name}\" storage token {(outcome.IsUpdated ? "updated" : "initialized")}");
        });
    }
}

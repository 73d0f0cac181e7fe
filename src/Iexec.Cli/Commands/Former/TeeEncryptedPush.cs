using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Sdk.Datasets;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Cli.Commands.Former;

/// <summary>
/// Encrypts what lies in <c>tee/inputs</c> and gives it URLs. V2 printed the arguments that its enclaves wanted; here they are the URLs, and the
/// keys stay in <c>tee/keys</c> until their owner pushes them.
/// </summary>
internal static class TeeEncryptedPush
{
    public static Command Create(CommandFrame frame)
    {
        var application = new Option<string?>("--application") { Description = "the app that will read them", HelpName = "address" };
        return frame.Bind(
            new Command("encryptedpush", "encrypt the files of tee/inputs and upload them") { application },
            OptionBlocks.Chain | OptionBlocks.Force,
            async context =>
            {
                if (context.Get(application) is { } app)
                {
                    _ = Ethereum.Address.Parse(app);
                }

                var chain = context.Chain();
                var storage = new StorageClient(context.Http.Shared, chain.IpfsNode ?? chain.RequireIpfsGateway());
                var encryption = new DatasetEncryption(new TeeFolders(context.Project, context.Time).AsDatasets, context.Entropy);
                var (files, urls) = (new JsonArray(), new List<string>());
                foreach (var file in encryption.FindFiles())
                {
                    var stored = await PushAsync(context, encryption, storage, file, files);
                    urls.Add(new Uri(chain.RequireIpfsGateway(), $"/ipfs/{stored.Cid}").AbsoluteUri);
                }

                var commandLine = string.Join(' ', urls.Select(url => $"--url {url}"));
                context.Succeed(new JsonObject { ["cmdline"] = commandLine, ["files"] = files }, output =>
                {
                    context.Tick(output, $"data encrypted and uploaded");
                    output.WriteLine($"  \"cmdline\": {commandLine}");
                    output.WriteLine("  The keys are in tee/keys. As a dataset: iexec dataset deploy, then iexec dataset push-secret --secret-path <key>.");
                });
            });
    }

    private static async Task<StoredFile> PushAsync(CommandContext context, DatasetEncryption encryption, StorageClient storage, string file, JsonArray files)
    {
        EncryptedDataset encrypted;
        using (var progress = new ProgressBar(context, Path.GetFileName(file), new FileInfo(file).Length))
        {
            encrypted = await encryption.EncryptAsync(file, context.Force, progress, context.Cancellation);
        }

        await using var content = File.OpenRead(encrypted.Encrypted);
        using var upload = new ProgressBar(context, $"upload {Path.GetFileName(file)}", content.Length);
        var stored = await storage.PutAsync(new WatchedStream(content, upload), Path.GetFileName(encrypted.Encrypted), context.Cancellation);
        files.Add((JsonNode)new JsonObject { ["original"] = Path.GetFileName(file), ["cid"] = stored.Cid.ToString(), ["checksum"] = encrypted.Checksum.ToString() });
        return stored;
    }
}

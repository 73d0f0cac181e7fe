using System.CommandLine;
using System.Text.Json.Nodes;
using Iexec.Cli.Frame;
using Iexec.Cli.Output;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Wire.Storage;

namespace Iexec.Cli.Commands.Storage;

internal static class StoragePut
{
    public static Command Create(CommandFrame frame)
    {
        var file = new Argument<string>("file") { Description = "the file; anyone who knows its address can read it" };
        return frame.Bind(new Command("put", "give a file a URL, for iexec_input_files") { file }, OptionBlocks.Chain, async context =>
        {
            var chain = context.Chain();
            var path = Path.GetFullPath(context.Get(file)!, context.Project.Path);
            if (!File.Exists(path))
            {
                throw new IexecException(ErrorCode.ValidationError, $"There is no file \"{context.Get(file)}\"");
            }

            var storage = new StorageClient(context.Http.Shared, chain.IpfsNode ?? chain.RequireIpfsGateway());
            StoredFile stored;
            await using (var content = File.OpenRead(path))
            using (var progress = new ProgressBar(context, Path.GetFileName(path), content.Length))
            {
                stored = await storage.PutAsync(new WatchedStream(content, progress), Path.GetFileName(path), context.Cancellation);
            }

            var url = new Uri(chain.RequireIpfsGateway(), $"/ipfs/{stored.Cid}");
            var fields = new JsonObject { ["cid"] = stored.Cid.ToString(), ["url"] = url.AbsoluteUri, ["size"] = stored.Bytes };
            context.Succeed(fields, $"Stored \"{Path.GetFileName(path)}\" ({stored.Bytes} bytes) at {url}");
        });
    }
}

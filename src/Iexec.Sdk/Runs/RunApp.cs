using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Assets;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Project;

namespace Iexec.Sdk.Runs;

/// <summary>An image as an app of the wallet: where it is, and the digest of its manifest as 0x and 64 digits.</summary>
internal sealed record RunImage(string Name, Bytes32 Checksum)
{
    /// <summary>The app's name: the last part of the image's.</summary>
    public string AppName => RunApp.NameOf(Name[(Name.LastIndexOf('/') + 1)..]);
}

/// <summary>Registers an image as an app, or finds that this was done.</summary>
internal sealed class RunApp(ChainConnection chain, ProjectFolder project, Address owner)
{
    /// <summary>Where the app is or will be: the address follows from what is registered and for whom.</summary>
    public Task<(Address Address, bool IsRegistered)> LocateAsync(RunImage image, CancellationToken cancellationToken) => chain.ReadAsync(async hub =>
    {
        var app = new AppDescription { Owner = owner, Name = image.AppName, Multiaddr = image.Name, Checksum = image.Checksum };
        var address = await AssetActions.PredictAsync(chain, app, cancellationToken).ConfigureAwait(false);
        return (address, await hub.IsRegisteredAsync(AssetKind.App, address, cancellationToken).ConfigureAwait(false));
    });

    /// <summary>Registers, and remembers the app in iexec.json and deployed.json as <c>iexec app deploy</c> does.</summary>
    public async Task<DeployedAsset> RegisterAsync(RunImage image, TransactionSender sender, CancellationToken cancellationToken)
    {
        project.Deployed.RequireUsable(AssetKind.App);
        project.Iexec.Update(root => root["app"] = new JsonObject
        {
            ["owner"] = owner.ToString(), ["name"] = image.AppName, ["type"] = "DOCKER", ["multiaddr"] = image.Name, ["checksum"] = image.Checksum.ToString(), ["mrenclave"] = "",
        });
        var deployed = await AssetActions.DeployAsync(chain, sender, AssetKind.App, AssetSection.Read(project.Iexec, AssetKind.App), cancellationToken)
            .ConfigureAwait(false);
        Remember(deployed.Address);
        return deployed;
    }

    /// <summary>Makes the app the project's.</summary>
    public void Remember(Address app)
    {
        if (project.Deployed.Find(AssetKind.App, chain.ChainId) != app)
        {
            project.Deployed.Save(AssetKind.App, chain.ChainId, app);
        }
    }

    /// <summary>A name for the app that any folder or image gives.</summary>
    public static string NameOf(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        }

        var trimmed = name.ToString().Trim('-');
        return trimmed.Length == 0 ? "app" : trimmed.Length > 60 ? trimmed[..60] : trimmed;
    }
}

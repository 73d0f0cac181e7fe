using System.Globalization;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Children;

/// <summary>
/// A registry of container images on loopback (the distribution project's <c>registry</c>, Debian's <c>docker-registry</c>) as a child.
/// Engines speak plain HTTP with registries on loopback, so it needs no certificate; nobody else can reach it.
/// </summary>
public sealed class OciRegistry : IAsyncDisposable
{
    private const string ChildName = "registry";
    private static readonly string[] Programs = ["docker-registry", "registry"];

    private readonly SupervisedProcess? _child;

    private OciRegistry(string address, SupervisedProcess? child) => (Address, _child) = (address, child);

    /// <summary>Host and port, as image names carry it, e.g. <c>127.0.0.1:5001</c>.</summary>
    public string Address { get; }

    /// <summary>A registry that somebody else runs.</summary>
    /// <param name="address">Host and port.</param>
    public static OciRegistry At(string address) => new(address, null);

    /// <summary>The name that images of a registry on this port of loopback carry.</summary>
    public static string AddressOf(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>A registry is installed on this machine.</summary>
    public static bool IsInstalled => Program is not null;

    private static string? Program => Programs.Select(ChildCommand.OnPath).FirstOrDefault(path => path is not null);

    /// <summary>Starts a registry and returns when it answers.</summary>
    /// <param name="stateFolder">Folder of its blobs, configuration, log and pid file.</param>
    /// <param name="port">Port on loopback.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up waiting, and ends it.</param>
    /// <exception cref="IexecException">No registry is installed, or it did not come up.</exception>
    public static async Task<OciRegistry> StartAsync(string stateFolder, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var program = Program ?? throw new IexecException(
            ErrorCode.ConfigurationError, "No image registry is installed.", "Run eng/setup.sh, or install the package docker-registry, or give the address of a registry.");
        var root = Path.GetFullPath(stateFolder);
        Directory.CreateDirectory(root);
        var configuration = Path.Combine(root, "config.yml");
        var address = AddressOf(port);
        await File.WriteAllTextAsync(configuration, Configuration(Path.Combine(root, "blobs"), address), cancellationToken);

        // A registry that cannot even listen ends at once each time; one that fell over later comes back.
        var spec = new ChildSpec(ChildName, program, ["serve", configuration], root) { Restart = ends => ends < 5 ? TimeSpan.FromSeconds(ends) : null };
        var child = await SupervisedProcess.StartAsync(spec, time);
        try
        {
            await Readiness.WaitAsync("registry", spec, child, token => AnswersAsync(address, token), TimeSpan.FromSeconds(10), time, cancellationToken);
            return new OciRegistry(address, child);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends a registry that a killed host left behind, so that its port is free again.</summary>
    /// <param name="stateFolder">The folder that it was started with.</param>
    /// <param name="time">The clock.</param>
    public static Task EndOrphanAsync(string stateFolder, TimeProvider time) =>
        SupervisedProcess.EndOrphanAsync(new ChildSpec(ChildName, "", [], Path.GetFullPath(stateFolder)), time);

    /// <summary>The registry holds this manifest.</summary>
    /// <param name="repository">Path in the registry.</param>
    /// <param name="digest"><c>sha256:…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> HasAsync(string repository, string digest, CancellationToken cancellationToken)
    {
        using var http = NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"http://{Address}/v2/{repository}/manifests/{digest}");
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_child is not null)
        {
            await _child.DisposeAsync();
        }
    }

    // A JSON string is a YAML string, quotes and all, so a path may hold any character.
    private static string Configuration(string blobs, string address) => $$"""
        version: 0.1
        log:
          level: warn
          accesslog:
            disabled: true
        storage:
          filesystem:
            rootdirectory: "{{System.Text.Json.JsonEncodedText.Encode(blobs)}}"
          delete:
            enabled: true
        http:
          addr: {{address}}
        """;

    private static async Task<bool> AnswersAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var http = NewClient();
            using var response = await http.GetAsync(new Uri($"http://{address}/v2/"), cancellationToken);
            return response.IsSuccessStatusCode && response.Headers.Contains("Docker-Distribution-Api-Version");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static HttpClient NewClient() => new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
}

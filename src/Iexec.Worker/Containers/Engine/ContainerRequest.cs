using System.Globalization;
using Iexec.Worker.Containers.Images;

namespace Iexec.Worker.Containers.Engine;

/// <summary>From what a run may use to what the engine is asked for. Everything not granted is refused here, in one place.</summary>
internal static class ContainerRequest
{
    // More anonymous volumes than this is nothing an application needs, and each is a mount.
    private const int MaxVolumes = 32;

    public static CreateBody Build(ContainerSpec spec, ImageDescription image, (uint User, uint Group) user, string? runtime, string network) => new()
    {
        Image = spec.Image.ToString(),
        Cmd = spec.Arguments.Count == 0 ? null : spec.Arguments,
        Env = Environment(spec),
        Labels = spec.Labels,
        User = spec.User == ContainerUser.OfTheImage ? null : HostUser.Format(user),

        // Engines make up a host name for each container; one that ends up in the output would break consensus.
        Hostname = "iexec",
        Healthcheck = new HealthcheckBody(["NONE"]),

        // A run that is interrupted is worth nothing: an engine that stops must not wait ten seconds for an app that does not listen.
        StopTimeout = 1,
        HostConfig = new HostConfigBody
        {
            Mounts = Mounts(spec),
            Memory = spec.Limits.MemoryBytes,
            MemorySwap = spec.Limits.MemoryBytes,
            NanoCpus = spec.Limits.NanoCpus,
            PidsLimit = spec.Limits.Processes,
            Ulimits =
            [
                new UlimitBody("core", 0, 0),
                new UlimitBody("fsize", spec.Limits.OutputBytes, spec.Limits.OutputBytes),
            ],
            CapDrop = ["ALL"],
            SecurityOpt = ["no-new-privileges"],
            ReadonlyRootfs = true,
            Tmpfs = Tmpfs(spec, image),
            NetworkMode = network,
            IpcMode = "private",

            // Two generations, since the engine drops a whole one at each turn; together they always hold the tail that is kept.
            LogConfig = new LogConfigBody("json-file", new Dictionary<string, string> { ["max-size"] = "8m", ["max-file"] = "2" }),
            OomScoreAdj = 500,
            Runtime = runtime,
        },
    };

    private static List<string> Environment(ContainerSpec spec)
    {
        var variables = spec.Environment.Select(pair => $"{pair.Key}={pair.Value}").ToList();
        if (!spec.Environment.ContainsKey("HOME"))
        {
            // A user that no passwd file knows gets "/" as home, which is read-only.
            variables.Add("HOME=/tmp");
        }

        return variables;
    }

    private static List<MountBody> Mounts(ContainerSpec spec)
    {
        var mounts = new List<MountBody> { new("bind", Path.GetFullPath(spec.OutputFolder), "/iexec_out", ReadOnly: false) };
        if (spec.InputFolder is not null)
        {
            mounts.Add(new MountBody("bind", Path.GetFullPath(spec.InputFolder), "/iexec_in", ReadOnly: true));
        }

        return mounts;
    }

    /// <summary>
    /// Temporary folders in memory, under the memory limit. So are the volumes an image declares: left alone, the engine would
    /// give each a folder on its own disk, writable without limit.
    /// </summary>
    private static Dictionary<string, string> Tmpfs(ContainerSpec spec, ImageDescription image)
    {
        if (image.Volumes.Count > MaxVolumes)
        {
            throw new EngineException(EngineFault.Refused, $"The image declares {image.Volumes.Count} volumes; at most {MaxVolumes} are accepted.");
        }

        var options = string.Create(CultureInfo.InvariantCulture, $"rw,exec,nosuid,nodev,mode=1777,size={Math.Max(spec.Limits.MemoryBytes / 2, 1 << 20)}");
        var folders = new Dictionary<string, string> { ["/tmp"] = options, ["/var/tmp"] = options, ["/run"] = options };
        foreach (var volume in image.Volumes)
        {
            var path = volume.Length > 1 ? volume.TrimEnd('/') : volume;
            if (path is not ("/iexec_in" or "/iexec_out"))
            {
                folders[path] = options;
            }
        }

        return folders;
    }
}

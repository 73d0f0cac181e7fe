using System.Diagnostics;
using Iexec.Host.Children;
using Iexec.Sdk.Errors;

namespace Iexec.Host.Images;

/// <summary>
/// A root file system made from Debian's archive, for machines that do not reach Docker Hub. The packages are unpacked, not configured:
/// a third of the time and of the size, and enough for programs that are simply run.
/// </summary>
internal static class DebianRoot
{
    private const string Suite = "bookworm";

    private static readonly string[] Unneeded = ["doc", "man", "locale", "icons", "lintian", "bug", "doc-base"];

    /// <summary>Writes a tar archive with the packages and what they depend on.</summary>
    /// <exception cref="IexecException">mmdebstrap is not installed, or it failed: the message carries its last words.</exception>
    public static async Task WriteAsync(string archive, IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        var program = ChildCommand.OnPath("mmdebstrap") ?? throw new IexecException(
            ErrorCode.ConfigurationError, "Docker Hub does not answer, and mmdebstrap, which makes images from Debian's archive, is not installed.",
            "Run eng/setup.sh, install the package mmdebstrap, or give this machine access to Docker Hub.");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardInput = true };
        string[] arguments =
        [
            "--quiet",
            "--variant=extract",
            "--include=" + string.Join(',', packages),
            "--aptopt=Apt::Install-Recommends \"false\"",
            .. Unneeded.Select(folder => $"--dpkgopt=path-exclude=/usr/share/{folder}/*"),

            // The shell's package makes this link when it is configured, which does not happen here.
            "--customize-hook=if [ -e \"$1/bin/dash\" ]; then ln -sf dash \"$1/bin/sh\"; fi",
            Suite,
            archive,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new IexecException(ErrorCode.ConfigurationError, $"The base image could not be made from Debian's archive: {string.Join('\n', errors.Split('\n').TakeLast(8)).Trim()}",
                    "Check that this machine reaches deb.debian.org.");
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

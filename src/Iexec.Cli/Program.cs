using System.Runtime.InteropServices;
using Iexec.Cli.Frame;

// Services are measured; any other command is over before somebody could look, and would only set up what nobody reads.
if (!Array.Exists(args, static word => word is "up" or "demo" or "serve" or "worker"))
{
    AppContext.SetSwitch("System.Diagnostics.Metrics.Meter.IsSupported", false);
}

using var interruption = new CancellationTokenSource();
void Interrupt(PosixSignalContext signal)
{
    // The second signal ends the process, in case something does not listen to the first.
    signal.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await CliApplication.RunAsync(args, CliEnvironment.OfProcess(), interruption.Token);

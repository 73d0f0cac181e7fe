using System.Runtime.InteropServices;
using Iexec.Cli.Frame;

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

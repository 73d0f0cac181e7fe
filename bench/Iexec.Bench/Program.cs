using BenchmarkDotNet.Running;
using Iexec.Bench.Ethereum;
using Iexec.Bench.Gas;

if (args is ["cpu"])
{
    CpuTimeFigures.Print();
    return;
}

if (args is ["gas"] or ["gas", "--write"])
{
    await GasCommand.RunAsync(write: args.Length > 1);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

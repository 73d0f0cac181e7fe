using BenchmarkDotNet.Running;
using Iexec.Bench.Ethereum;

if (args is ["cpu"])
{
    CpuTimeFigures.Print();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);

using Microsoft.Extensions.Logging;

namespace Iexec.Scheduler.Shell;

/// <summary>Whether the owner's wallet can pay for the transactions of one more task; said when it changes.</summary>
/// <param name="ask">Asks the node; null believes that it can.</param>
/// <param name="logger">Receives the changes.</param>
internal sealed class OwnerGas(Func<CancellationToken, Task<bool>>? ask, ILogger logger)
{
    private volatile bool _isEnough = true;

    public bool IsEnough => _isEnough;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (ask is null)
        {
            return;
        }

        var isEnough = await ask(cancellationToken);
        if (isEnough != _isEnough)
        {
            _isEnough = isEnough;
            if (isEnough)
            {
                logger.LogInformation("The wallet of the pool's owner can pay for gas again: tasks are given to workers");
            }
            else
            {
                logger.LogWarning("The wallet of the pool's owner cannot pay for gas: no task is given to a worker until it can");
            }
        }
    }
}

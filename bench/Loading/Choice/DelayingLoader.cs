using Orchestrator.Experts.Configuration;
using Orchestrator.Experts.Loading;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary>
/// Makes every load take longer, with its progress told as a large file's is: routing weighs a wait that small models do
/// not have.
/// </summary>
sealed class DelayingLoader(IModelLoader loader, TimeSpan delay, TimeProvider time) : IModelLoader
{
    const int Steps = 20;

    public async Task<IResidentModel> LoadAsync(
        ExpertConfig expert, IProgress<float> progress, CancellationToken cancellationToken)
    {
        if (delay == TimeSpan.Zero)
            return await loader.LoadAsync(expert, progress, cancellationToken);
        long start = time.GetTimestamp();
        for (int step = 1; step <= Steps; step++)
        {
            // By the clock: the lateness of twenty timers must not add up.
            TimeSpan left = (step * delay / Steps) - time.GetElapsedTime(start);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, time, cancellationToken);
            progress.Report((float)step / Steps);
        }
        return await loader.LoadAsync(expert, NoProgress.Instance, cancellationToken);
    }

    /// <summary>For the small model's own reading, which would begin at nothing again.</summary>
    sealed class NoProgress : IProgress<float>
    {
        public static NoProgress Instance { get; } = new();

        public void Report(float value)
        {
        }
    }
}

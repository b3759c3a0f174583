namespace Orchestrator.Experts.Loading;

/// <summary>How much of a file a running load has read. Written by the loading thread, read by anyone.</summary>
sealed class LoadShare : IProgress<float>
{
    float _share;

    public double Value => Volatile.Read(ref _share);

    public void Report(float value) => Volatile.Write(ref _share, value);
}

namespace Orchestrator.Router.Learning;

/// <summary>Adam (Kingma and Ba, 2015) with the paper's decay rates, for one array of parameters.</summary>
sealed class Adam(float[] parameters, float rate)
{
    const float First = 0.9f;
    const float Second = 0.999f;

    readonly float[] _mean = new float[parameters.Length];
    readonly float[] _square = new float[parameters.Length];
    int _steps;

    public void Step(ReadOnlySpan<float> gradient)
    {
        _steps++;
        float scale = rate / (1 - MathF.Pow(First, _steps));
        float unbias = 1 / (1 - MathF.Pow(Second, _steps));
        for (int i = 0; i < parameters.Length; i++)
        {
            _mean[i] = First * _mean[i] + (1 - First) * gradient[i];
            _square[i] = Second * _square[i] + (1 - Second) * gradient[i] * gradient[i];
            parameters[i] -= scale * _mean[i] / (MathF.Sqrt(_square[i] * unbias) + 1e-8f);
        }
    }
}
